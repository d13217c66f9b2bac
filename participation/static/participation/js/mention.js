// A field with data-mention="<address>" offers names after an @. Without it one writes the name oneself.
(() => {
  const LONGEST = 40;
  for (const field of document.querySelectorAll("textarea[data-mention]")) {
    const list = document.createElement("ul");
    list.id = `${field.id}-names`;
    list.className = "mention";
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", "@");
    list.hidden = true;
    field.after(list);
    // The list lies over what follows, so that nothing moves away from under a pointer when it closes.
    field.parentElement.classList.add("mention-field");
    field.setAttribute("aria-autocomplete", "list");
    field.setAttribute("aria-controls", list.id);
    let asked = "";
    let chosen = -1;

    const begun = () => {
      const before = field.value.slice(0, field.selectionStart);
      const at = before.lastIndexOf("@");
      if (at < 0 || (at > 0 && !/[\s(]/.test(before[at - 1]))) return null;
      const name = before.slice(at + 1);
      return name && name.length <= LONGEST && !/[\n@]/.test(name) ? { at, name } : null;
    };
    const close = () => {
      list.hidden = true;
      list.replaceChildren();
      chosen = -1;
      field.removeAttribute("aria-activedescendant");
    };
    const choose = (number) => {
      chosen = number;
      [...list.children].forEach((option, index) => {
        option.setAttribute("aria-selected", index === number);
      });
      field.setAttribute("aria-activedescendant", list.children[number].id);
    };
    const take = (name) => {
      const { at } = begun();
      const after = field.value.slice(field.selectionStart);
      const words = `${field.value.slice(0, at)}@${name} `;
      field.value = words + after;
      field.setSelectionRange(words.length, words.length);
      close();
      field.focus();
      field.dispatchEvent(new Event("input", { bubbles: true }));
    };
    const show = (names) => {
      close();
      names.forEach((name, number) => {
        const option = document.createElement("li");
        option.id = `${list.id}-${number}`;
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        option.dir = "auto";
        option.textContent = name;
        option.addEventListener("mousedown", (event) => {
          event.preventDefault();
          take(name);
        });
        list.append(option);
      });
      list.hidden = names.length === 0;
    };

    field.addEventListener("input", async () => {
      const mention = begun();
      asked = mention ? mention.name : "";
      if (!mention) return close();
      const answer = await fetch(`${field.dataset.mention}?q=${encodeURIComponent(mention.name)}`);
      if (!answer.ok || asked !== mention.name) return;
      const { names } = await answer.json();
      if (asked !== mention.name) return;
      if (names.includes(mention.name.trimEnd())) close();
      else show(names);
    });
    field.addEventListener("keydown", (event) => {
      const count = list.children.length;
      if (list.hidden || !count) return;
      if (event.key === "ArrowDown") choose((chosen + 1) % count);
      else if (event.key === "ArrowUp") choose((chosen - 1 + count) % count);
      else if (event.key === "Enter" && chosen >= 0) take(list.children[chosen].textContent);
      else if (event.key === "Escape") close();
      else return;
      event.preventDefault();
    });
    field.addEventListener("blur", close);
  }
})();
