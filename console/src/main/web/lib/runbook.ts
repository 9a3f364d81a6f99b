/** A part of docs/alarms.md: paragraphs of text, and of commands, which are indented there. */
export interface Part {
  text: string;
  isCode: boolean;
}

/** What an address of the factory's own runbook begins with. */
const OWN = 'docs/alarms.md#';

/** The heading that an address names in the factory's own runbook; empty where it is another page. */
export function headingOf(address: string): string {
  return address.startsWith(OWN) ? address.slice(OWN.length) : '';
}

/** Whether a person can follow it: only a web address is made a link. */
export function isLink(address: string): boolean {
  return /^https?:\/\//.test(address);
}

/** What the runbook says below a heading; empty if there is none. */
export function section(markdown: string, heading: string): Part[] {
  const found = markdown.split(/^## /m).find((one) => one.split('\n', 1)[0]?.trim() === heading);
  const body = found?.slice(found.indexOf('\n') + 1) ?? '';
  return body
    .split(/\n\s*\n/)
    .filter((text) => text.trim() !== '')
    .map((text) => ({ text: text.trim().replace(/\n\s*/g, isCode(text) ? '\n' : ' '), isCode: isCode(text) }));
}

function isCode(text: string): boolean {
  return text.split('\n').every((line) => line === '' || line.startsWith('    '));
}
