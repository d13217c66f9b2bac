"""The drawings of the kinds of places, for a 24 x 24 grid like the site's icons; each is one SVG path."""

from mapping.enums import Symbol

SYMBOL_PATHS = {
    Symbol.BOOK: "M12 6c-2.5-2-6-2.5-9-2v14c3-.5 6.5 0 9 2c2.5-2 6-2.5 9-2V4c-3-.5-6.5 0-9 2ZM12 6v14",
    Symbol.MUSEUM: "M3 9l9-5.5L21 9ZM5 9v9M9.7 9v9M14.3 9v9M19 9v9M3 20.5h18",
    Symbol.HOUSE: "M3 11.5L12 4l9 7.5M5.5 10v10.5h13V10M10 20.5V15h4v5.5",
    Symbol.SCHOOL: "M4 20.5V11.5l8-5 8 5v9ZM12 6.5V2.5l4 1.5-4 1.5M10 20.5V16h4v4.5",
    Symbol.UNIVERSITY: "M1.5 9.5L12 5l10.5 4.5L12 14ZM6 11.5V17c3 2.7 9 2.7 12 0v-5.5M21.5 10v5.5",
    Symbol.SCREEN: "M3 4h18v12H3ZM8 20.5h8M12 16v4.5",
    Symbol.TOOLS: "M20 6l-3 3-2-.5-.5-2 3-3a5 5 0 0 0-6.3 6.3L3.8 17.2a2.1 2.1 0 0 0 3 3l7.4-7.4A5 5 0 0 0 20 6Z",
    Symbol.STAGE: "M4 5c5 2 11 2 16 0v7c0 5-4 8.5-8 8.5S4 17 4 12ZM8 10.5h2.5M13.5 10.5H16M8.5 14.5c2 2 5 2 7 0",
    Symbol.SPORT: "M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18M3.3 10c5 0 9 4 9 10.9M20.7 14c-5 0-9-4-9-10.9",
    Symbol.TREE: "M12 21.5V12M12 17l3.5-2.5M12 2.5c-4 0-6 2.5-5.5 5a4.5 4.5 0 0 0 1.5 8.5h8a4.5 4.5 0 0 0"
    " 1.5-8.5c.5-2.5-1.5-5-5.5-5Z",
    Symbol.WORK: "M3 8h18v12H3ZM8.5 8V4.5h7V8M3 13.5h18M12 12.5v2",
    Symbol.CHILD: "M12 3.5a8.5 8.5 0 1 0 0 17a8.5 8.5 0 1 0 0-17M9 10v.3M15 10v.3M8.5 14c1.7 2.5 5.3 2.5 7 0",
    Symbol.FAITH: "M4 21V11a8 8 0 0 1 16 0v10M8.5 21v-9.5a3.5 3.5 0 0 1 7 0V21M2.5 21h19",
    Symbol.PIN: "M12 21.5c-4.5-5-7-8.5-7-11.8a7 7 0 0 1 14 0c0 3.3-2.5 6.8-7 11.8ZM12 7a2.6 2.6 0 1 0 0 5.2a2.6 2.6 0 1 0 0-5.2",
}
