/** Lays the slides out as pages, one below the other, everything drawn: for paper and PDF. With `notes` each has a page behind it. */
export async function printPages(
  slides: HTMLElement,
  fill: (slide: Element) => Promise<void>,
  withNotes: boolean,
): Promise<void> {
  // The second keeps away reveal.js's own style for paper, in which slides are as tall as their text.
  document.documentElement.classList.add("print", "print-pdf");
  for (const slide of slides.querySelectorAll("section.slide")) {
    await fill(slide);
    const notes = slide.querySelector(":scope > aside.notes");
    if (!withNotes || notes === null) continue;
    const page = document.createElement("section");
    page.className = "slide notes-page";
    const heading = document.createElement("h3");
    heading.textContent = `Notes: ${slide.querySelector("h1, h2, h3")?.textContent ?? "the slide before"}`;
    page.append(heading, ...[...notes.cloneNode(true).childNodes]);
    slide.after(page);
  }
}
