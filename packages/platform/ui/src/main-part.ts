/** Where floating parts are hung: inside the landmark, so that who jumps from landmark to landmark passes them. */
export function mainPart(): HTMLElement {
  return document.querySelector("main") ?? document.body;
}
