/** Completion of a statement, and its result as a file. */

export type Cell = string | number | boolean | null;

export interface Table {
  name: string;
  columns: { name: string; type: string }[];
}

/** Words that fit where one is being written. */
export interface Completion {
  /** Where the word begins and where the cursor is. */
  from: number;
  until: number;
  words: { word: string; what: string }[];
}

const KEYWORDS = [
  'SELECT', 'FROM', 'WHERE', 'GROUP BY', 'ORDER BY', 'HAVING', 'LIMIT', 'JOIN', 'LEFT JOIN', 'ON', 'USING', 'AS', 'AND', 'OR', 'NOT',
  'IN', 'IS NULL', 'BETWEEN', 'CASE', 'WHEN', 'THEN', 'ELSE', 'END', 'DISTINCT', 'count(*)', 'avg(', 'sum(', 'min(', 'max(', 'date_trunc(',
  'DESC', 'FILTER (WHERE', 'WITH', 'UNION ALL', 'quantile_cont(',
];
const MOST = 8;

/** The tables that a statement names. */
function named(text: string, tables: readonly Table[]): Table[] {
  const words = new Set(text.toLowerCase().match(/[a-z_0-9]+/g) ?? []);
  return tables.filter((table) => words.has(table.name.toLowerCase()));
}

/**
 * What could stand where the cursor is: tables behind FROM and JOIN, columns of the named tables
 * elsewhere, then keywords.
 *
 * @param asked offers all where nothing has been written yet
 */
export function complete(text: string, cursor: number, tables: readonly Table[], asked = false): Completion {
  const before = text.slice(0, cursor);
  const word = /[A-Za-z_][A-Za-z_0-9]*$/.exec(before)?.[0] ?? '';
  const from = cursor - word.length;
  const none = { from, until: cursor, words: [] };
  if ((word.length < 2 && !asked) || inText(before)) {
    return none;
  }
  const wantsTable = /(\bfrom|\bjoin|,)\s*$/i.test(before.slice(0, from)) && /\bfrom\b|\bjoin\b/i.test(before);
  const columns = named(text, tables).flatMap((table) =>
    table.columns.map((column) => ({ word: column.name, what: `${table.name}, ${column.type.toLowerCase()}` })));
  const candidates = [
    ...(wantsTable ? tables.map((table) => ({ word: table.name, what: 'table' })) : []),
    ...columns,
    ...(wantsTable ? [] : tables.map((table) => ({ word: table.name, what: 'table' }))),
    ...KEYWORDS.map((keyword) => ({ word: keyword, what: '' })),
  ];
  const start = word.toLowerCase();
  const seen = new Set<string>([start]);
  const words = candidates.filter((one) => {
    const lower = one.word.toLowerCase();
    return lower.startsWith(start) && !seen.has(lower) && seen.add(lower);
  });
  return { from, until: cursor, words: words.slice(0, MOST) };
}

/** Whether an open quote stands before the cursor. */
function inText(before: string): boolean {
  return (before.match(/'/g)?.length ?? 0) % 2 === 1;
}

/** The statement with a word in place, and where the cursor then is. */
export function insert(text: string, where: Completion, word: string): { text: string; at: number } {
  const behind = text.slice(where.until);
  const next = word.endsWith('(') || behind.startsWith(' ') ? word : word + ' ';
  return { text: text.slice(0, where.from) + next + behind, at: where.from + next.length };
}

/** As RFC 4180 has it, numbers as programs write them. What a spreadsheet would take for a formula has an apostrophe before it. */
export function csv(columns: readonly { name: string; type: string }[], rows: readonly (readonly Cell[])[]): string {
  const types = columns.map((column) => column.type);
  const lines = [columns.map((column) => field(column.name, 'VARCHAR')), ...rows.map((row) => row.map((cell, index) => field(cell, types[index] ?? '')))];
  return lines.map((line) => line.join(',')).join('\r\n') + '\r\n';
}

/** Of numbers; those that do not fit into one of JavaScript come as text. */
const NUMERIC = /^(?:U?(?:TINY|SMALL|BIG|HUGE)INT|U?INTEGER|FLOAT|DOUBLE|DECIMAL\(.*\))$/;

/** Whether a spreadsheet would take a cell for a formula: text that begins like one, not a negative number. */
export function guarded(cell: Cell, type: string): boolean {
  return typeof cell === 'string' && !NUMERIC.test(type) && /^[=+\-@\t\r]/.test(cell);
}

function field(cell: Cell, type: string): string {
  if (cell === null) {
    return '';
  }
  const text = (guarded(cell, type) ? "'" : '') + String(cell);
  return /[",\r\n]/.test(text) || text === '' ? `"${text.replaceAll('"', '""')}"` : text;
}
