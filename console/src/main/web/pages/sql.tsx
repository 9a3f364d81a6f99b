import { useEffect, useRef, useState } from 'preact/hooks';
import { act, asProblem, type Problem } from '../lib/api';
import { exact, number } from '../lib/format';
import { useStore } from '../lib/store';
import { token } from '../lib/token';
import type { Page } from '../nav';
import { ReadOnlyNote } from '../ui/dialog';
import { Button, Card, Loading, PageHead, ProblemNote, Time } from '../ui/parts';
import { DataTable, type Column } from '../ui/table';
import { complete, csv, guarded, insert, type Cell, type Completion, type Table } from './sql/text';

/** The answer to `POST /admin/sql`. */
interface Answer {
  columns: { name: string; type: string }[];
  rows: Cell[][];
  more: boolean;
  millis: number;
  position: number;
  clock: string;
}

const TABLES = `SELECT table_name, column_name, data_type FROM information_schema.columns
WHERE table_schema = 'main' ORDER BY table_name, ordinal_position`;

const EXAMPLES: [string, string][] = [
  ['What was decided', 'SELECT action, count(*) AS decisions, avg(score) AS mean_score\nFROM decisions GROUP BY action ORDER BY decisions DESC'],
  ['Each day', "SELECT date_trunc('day', arrived_at) AS day, count(*) AS decisions,\n       count(*) FILTER (WHERE action = 'alert') AS alerts\nFROM decisions GROUP BY day ORDER BY day DESC"],
  ['What the factory did', 'SELECT * FROM controls ORDER BY position DESC LIMIT 50'],
  ['What broke its contract', 'SELECT source, rule, count(*) AS records\nFROM quarantine GROUP BY ALL ORDER BY records DESC'],
];

function ask(sql: string, anew: boolean): Promise<Answer> {
  return act<Answer>('sql', { sql, anew: String(anew) });
}

function Sql() {
  const isOwner = useStore(token) !== '';
  const [tables, setTables] = useState<Table[]>([]);
  const [reach, setReach] = useState<Answer>();
  const [answer, setAnswer] = useState<Answer>();
  const [problem, setProblem] = useState<Problem>();
  const [busy, setBusy] = useState('');
  const read = (anew: boolean): void => {
    setBusy('Reading the ledger: the first time, or up to now, that takes a while …');
    setProblem(undefined);
    ask(TABLES, anew).then(
      (found) => {
        setReach(found);
        setTables(tablesOf(found.rows));
        setBusy('');
      },
      (failure: unknown) => {
        setProblem(asProblem(failure));
        setBusy('');
      },
    );
  };
  useEffect(() => {
    if (isOwner) {
      read(false);
    }
  }, [isOwner]);
  const run = (text: string): void => {
    setBusy('The statement is being answered …');
    setProblem(undefined);
    ask(text, false).then(
      (got) => {
        setAnswer(got);
        setBusy('');
      },
      (failure: unknown) => {
        setProblem(asProblem(failure));
        setBusy('');
      },
    );
  };
  return (
    <>
      <PageHead title="SQL" note="Ask the factory anything. It reads only, and reaches neither files nor the network." />
      {!isOwner ? (
        <Card><ReadOnlyNote /></Card>
      ) : (
        <>
          <Card
            title="Statement"
            note={reach ? <>The tables reach up to <Time at={reach.clock} />, position {number(reach.position)} of the ledger.</> : 'In a process of its own, beside the serving.'}
            action={<Button onClick={() => read(true)} disabled={busy !== ''} title="Reads the ledger again">Read up to now</Button>}
          >
            <Editor tables={tables} busy={busy !== ''} run={run} />
          </Card>
          {busy && <Card><p class="note">{busy}</p><Loading what="an answer" /></Card>}
          {problem && <Card><ProblemNote problem={problem} /></Card>}
          {answer && !busy && <Result answer={answer} />}
          <Schema tables={tables} />
        </>
      )}
    </>
  );
}

function tablesOf(rows: Cell[][]): Table[] {
  const tables = new Map<string, Table>();
  for (const [table, column, type] of rows) {
    const name = String(table);
    const found = tables.get(name) ?? { name, columns: [] };
    found.columns.push({ name: String(column), type: String(type) });
    tables.set(name, found);
  }
  return [...tables.values()];
}

function Editor(props: { tables: Table[]; busy: boolean; run: (text: string) => void }) {
  const [text, setText] = useState(EXAMPLES[0]?.[1] ?? '');
  const [offer, setOffer] = useState<Completion>();
  const [at, setAt] = useState(0);
  const area = useRef<HTMLTextAreaElement>(null);
  const look = (element: HTMLTextAreaElement, asked = false): void => {
    const found = complete(element.value, element.selectionStart, props.tables, asked);
    setOffer(found.words.length > 0 ? found : undefined);
    setAt(0);
  };
  const take = (word: string): void => {
    const element = area.current;
    if (element && offer) {
      const next = insert(element.value, offer, word);
      setText(next.text);
      setOffer(undefined);
      window.requestAnimationFrame(() => {
        element.focus();
        element.setSelectionRange(next.at, next.at);
      });
    }
  };
  const key = (event: KeyboardEvent): void => {
    const element = event.currentTarget as HTMLTextAreaElement;
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      setOffer(undefined);
      if (!props.busy && element.value.trim() !== '') {
        props.run(element.value);
      }
    } else if (event.key === ' ' && event.ctrlKey) {
      event.preventDefault();
      look(element, true);
    } else if (offer && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      event.preventDefault();
      const step = event.key === 'ArrowDown' ? 1 : offer.words.length - 1;
      setAt((at + step) % offer.words.length);
    } else if (offer && (event.key === 'Enter' || event.key === 'Tab')) {
      event.preventDefault();
      take(offer.words[at]?.word ?? '');
    } else if (offer && event.key === 'Escape') {
      event.preventDefault();
      setOffer(undefined);
    }
  };
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault();
        props.run(text);
      }}
    >
      <div class="sql">
        <textarea
          ref={area}
          class="mono"
          rows={6}
          spellcheck={false}
          autocapitalize="off"
          maxLength={20000}
          aria-label="SQL statement; Ctrl and Enter runs it, Ctrl and space completes"
          aria-haspopup="listbox"
          aria-controls="sql-words"
          aria-autocomplete="list"
          aria-activedescendant={offer ? `sql-word-${at}` : undefined}
          value={text}
          onInput={(event) => {
            setText(event.currentTarget.value);
            look(event.currentTarget);
          }}
          onKeyDown={key}
          onBlur={() => window.setTimeout(() => setOffer(undefined), 200)}
        />
        <ul id="sql-words" class="sql-words" role="listbox" aria-label="Words that fit" hidden={!offer}>
          {offer?.words.map((one, index) => (
            <li
              key={one.word}
              id={`sql-word-${index}`}
              role="option"
              aria-selected={index === at}
              onMouseDown={(event) => {
                event.preventDefault();
                take(one.word);
              }}
            >
              <span class="mono">{one.word}</span> <span class="note">{one.what}</span>
            </li>
          ))}
        </ul>
      </div>
      <div class="sql-acts">
        <button type="submit" class="button primary" disabled={props.busy || text.trim() === ''}>Run</button>
        <span class="note">Ctrl+Enter runs, Ctrl+space completes.</span>
        {EXAMPLES.map(([name, sql]) => (
          <Button key={name} kind="quiet" onClick={() => setText(sql)}>{name}</Button>
        ))}
      </div>
    </form>
  );
}

interface Row {
  cells: Cell[];
  index: number;
}

function Result({ answer }: { answer: Answer }) {
  const rows: Row[] = answer.rows.map((cells, index) => ({ cells, index }));
  const isNumber = (column: number): boolean => rows.some((row) => typeof row.cells[column] === 'number');
  const columns: Column<Row>[] = answer.columns.map((column, index) => ({
    key: `${index}`,
    head: column.name,
    title: column.type,
    ...(isNumber(index) ? { align: 'end' as const } : {}),
    cell: (row) => <Value cell={row.cells[index]} />,
    value: (row) => {
      const cell = row.cells[index];
      return typeof cell === 'boolean' ? String(cell) : (cell ?? undefined);
    },
  }));
  return (
    <Card
      title="Result"
      note={`${number(rows.length)} rows${answer.more ? ', the first of more: ask for fewer, or use cromford sql' : ''}; ${number(answer.millis)} ms`}
      action={rows.length > 0 && <Button onClick={() => save(answer)}>{answer.more ? `Save as CSV (first ${number(rows.length)})` : 'Save as CSV'}</Button>}
    >
      {guards(answer) && <p class="note">In the CSV an apostrophe stands before text that begins with = + − @ or a tab, which a spreadsheet would take for a formula.</p>}
      <DataTable
        caption="Result"
        rows={rows}
        rowKey={(row) => String(row.index)}
        empty="No row fits."
        dense
        columns={columns}
      />
    </Card>
  );
}

function Value({ cell }: { cell: Cell | undefined }) {
  return cell === null || cell === undefined ? <span class="muted">NULL</span> : <span class="mono break">{typeof cell === 'number' ? exact(cell) : String(cell)}</span>;
}

/** Whether a cell is written with an apostrophe before it. */
function guards(answer: Answer): boolean {
  return answer.rows.some((row) => row.some((cell, index) => guarded(cell, answer.columns[index]?.type ?? '')));
}

function save(answer: Answer): void {
  const file = new Blob([csv(answer.columns, answer.rows)], { type: 'text/csv' });
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = 'cromford.csv';
  link.click();
  window.setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

function Schema({ tables }: { tables: Table[] }) {
  return tables.length === 0 ? null : (
    <Card title="Tables" note="Times are UTC. The dialect is DuckDB’s.">
      <div class="sql-tables">
        {tables.map((table) => (
          <details key={table.name}>
            <summary class="mono">{table.name} <span class="note">{number(table.columns.length)} columns</span></summary>
            <ul>
              {table.columns.map((column) => (
                <li key={column.name}><span class="mono">{column.name}</span> <span class="note">{column.type}</span></li>
              ))}
            </ul>
          </details>
        ))}
      </div>
    </Card>
  );
}

/** Ask anything, read only. */
export const sql: Page = { path: 'sql', title: 'SQL', View: Sql };
