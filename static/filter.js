/* Filters a long list by the letters that a reader types. */
"use strict";
{
  const box = document.querySelector("[data-filter]");
  // Accents are ignored. Marks of other scripts stay, because they make different letters.
  const plain = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").normalize("NFC")
    .toLowerCase().replace(/[\u0027\u2018\u2019\u02bc]/g, "").replace(/ß/g, "ss").trim();
  const groups = [...document.querySelectorAll(".letter")].map((group) => ({
    group,
    terms: [...group.querySelectorAll("li")].map((term) => ({
      term,
      text: plain(term.firstElementChild.textContent),
    })),
  }));
  const show = () => {
    const wanted = plain(box.querySelector("input").value);
    let some = false;
    for (const { group, terms } of groups) {
      let shown = 0;
      for (const { term, text } of terms) {
        term.hidden = !text.includes(wanted);
        shown += !term.hidden;
      }
      group.hidden = !shown;
      some ||= shown > 0;
    }
    box.querySelector("[role=status]").textContent = some ? "" : box.dataset.none;
    const letters = document.querySelector(".letters");
    if (letters) letters.hidden = wanted !== "";
  };
  if (box) {
    box.hidden = false;
    box.addEventListener("input", show);
    // When a reader comes back to the page, browsers restore the text of the field.
    show();
  }
}
