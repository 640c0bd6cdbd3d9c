/** Gives a text to the person as a file. */
export function download(fileName: string, pieces: readonly string[], type = "application/jsonl"): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([...pieces], { type }));
  link.download = fileName;
  link.click();
  URL.revokeObjectURL(link.href);
}
