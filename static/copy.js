/* Puts a button beside each citation that copies it. */
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
        // Where a page may not write to the clipboard, what is selected can be copied by hand.
      }
    });
    label();
    text.after(button);
  }
}
