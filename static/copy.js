/* Adds a button that copies a citation after each citation. */
"use strict";
for (const box of document.querySelectorAll("[data-copy]")) {
  for (const text of box.querySelectorAll(".copied")) {
    const button = document.createElement("button");
    const label = () => {
      button.textContent = box.dataset.copy;
    };
    button.type = "button";
    button.addEventListener("click", async () => {
      const range = document.createRange();
      range.selectNodeContents(text);
      getSelection().removeAllRanges();
      getSelection().addRange(range);
      try {
        await navigator.clipboard.writeText(text.textContent.trim());
        button.textContent = box.dataset.copied;
        setTimeout(label, 2000);
      } catch {
        // If the page may not write to the clipboard, readers can copy the selection themselves.
      }
    });
    label();
    text.after(button);
  }
}
