// A file dropped on another page waits here until the wizard takes it; a File cannot stand in an address.

let waiting: File | null = null;

export function handOverFile(file: File): void {
  waiting = file;
}

/** Gives the waiting file once. */
export function takeFile(): File | null {
  const file = waiting;
  waiting = null;
  return file;
}
