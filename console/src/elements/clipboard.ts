/** Whether the text is on the clipboard now. Where it is not, `source`, which shows the text, is selected: to be copied by hand. */
export async function copyText(text: string, source: Node): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    getSelection()?.selectAllChildren(source);
    return copySelected(text);
  }
}

/** The older way, which browsers allow on http too, and in a frame without the permission to write to the clipboard. */
function copySelected(text: string): boolean {
  let taken = false;
  const put = (copy: ClipboardEvent): void => {
    // The text itself: what is selected may be styled, and then it is copied as it looks.
    copy.clipboardData?.setData("text/plain", text);
    copy.preventDefault();
    taken = copy.clipboardData !== null;
  };
  addEventListener("copy", put, { capture: true });
  try {
    return document.execCommand("copy") && taken;
  } finally {
    removeEventListener("copy", put, { capture: true });
  }
}
