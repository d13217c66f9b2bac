"""Crowds with known opinions, so that a test knows which groups there are."""

import numpy as np

from participation.opinion import Engine, Settings


def camps(
    *sizes: int, statements: int = 24, noise: float = 0.1, seed: int = 1, settings: Settings | None = None
) -> Engine:
    """Return an engine with so many people in each camp, who hold their camp's opinion apart from some noise.

    Camps disagree with each other on two statements in three and all agree on every third; people are named 0, 1, ... in the
    order of the camps and have seen two thirds of the statements.
    """
    rng = np.random.default_rng(seed)
    engine = Engine(settings, seed=seed)
    opinions = rng.permuted(np.tile([1, -1], (statements, len(sizes)))[:, : len(sizes)], axis=1)
    if len(sizes) == 2:
        opinions = np.array([[1, -1], [-1, 1]])[rng.integers(0, 2, statements)]
    opinions[::3] = 1
    for statement in range(statements):
        engine.votes.add_statement(statement)
    person = 0
    for camp, size in enumerate(sizes):
        for _member in range(size):
            for statement in rng.permutation(statements)[: statements * 2 // 3].tolist():
                vote = int(opinions[statement, camp]) if rng.random() >= noise else int(rng.integers(-1, 2))
                engine.votes.take(person, statement, vote)
            person += 1
    return engine
