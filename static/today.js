/* Shows on the home page what was published on this day of the year, by the reader's clock. */
"use strict";
window.newsarchive = {};
for (const box of document.querySelectorAll("[data-today]")) {
  const today = new Date();
  const two = (number) => String(number).padStart(2, "0");
  const name = `${two(today.getMonth() + 1)}-${two(today.getDate())}`;
  const { today: calendar, top, all, none } = box.dataset;
  newsarchive.onThisDay = (articles) => {
    const list = box.querySelector("ol");
    for (const [year, address, headline] of articles) {
      const [line, link, when] = ["li", "a", "time"].map((tag) => document.createElement(tag));
      link.href = top + address;
      link.textContent = headline;
      link.dir = "auto";
      when.textContent = new Date(Date.UTC(year, 0, 2)).toLocaleDateString(
        document.documentElement.lang, { calendar: "gregory", timeZone: "UTC", year: "numeric" });
      when.dateTime = String(year).padStart(4, "0");
      line.append(link, when);
      list.append(line);
    }
  };
  const more = box.querySelector("p a");
  more.href = `${top}on-this-day/${name}.html`;
  more.textContent = all.replace("{day}", today.toLocaleDateString(
    document.documentElement.lang, { calendar: "gregory", month: "long", day: "numeric" }));
  // Each day of the month has a bit, which is set if there is a file for the day.
  const days = parseInt(calendar.split(" ")[today.getMonth()], 16);
  if ((days >> (today.getDate() - 1)) & 1) {
    document.head.append(Object.assign(document.createElement("script"), {
      src: `${top}on-this-day/${name}.js`,
    }));
  } else {
    box.querySelector("ol").append(
      Object.assign(document.createElement("li"), { textContent: none }));
  }
}
