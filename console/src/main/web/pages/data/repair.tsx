import { useState } from 'preact/hooks';
import { act, asProblem, useResource, type Problem } from '../../lib/api';
import { placeIn } from '../../lib/decisions';
import { useStore } from '../../lib/store';
import { remember, token, who } from '../../lib/token';
import { Dialog, ReadOnlyNote } from '../../ui/dialog';
import { Button, JsonLink, ProblemNote, Read, Tag, Time } from '../../ui/parts';
import { say } from '../../ui/toast';
import type { Refused } from './quarantine';

interface Field {
  name: string;
  type: string;
  nullable: boolean;
  value: string | null;
  /** Whether there is more of the value. */
  cut: boolean;
  rule?: string;
  message?: string;
}

interface Mending {
  number: number;
  at: string;
  by: string;
  reason: string;
  columns: string[];
  record: string;
}

type Became = 'observation' | 'outcome' | 'duplicate' | 'quarantined';

interface Row extends Refused {
  in_quarantine: boolean;
  fields: Field[];
  others: { name: string; value: string; cut: boolean }[];
  problems: { rule: string; message: string }[];
  mends?: Mending;
  left?: { at: string; became: Became; position: number; mended?: Mending };
}

interface Repaired {
  number: number;
  became: Became;
  position: number;
  rule?: string;
  message?: string;
}

interface Shown {
  row: number;
  /** Shows another record in its place. */
  show: (row: number) => void;
  close: () => void;
  /** The quarantine is another one. */
  changed: () => void;
}

const TAKEN: Record<Became, string> = {
  observation: 'Taken in: it is learnt from from now on.',
  outcome: 'Taken in as an outcome.',
  duplicate: 'Known already, bit for bit: it has left quarantine as a duplicate.',
  quarantined: 'Refused again.',
};

/** A record of the quarantine, opened: what it said, what is wrong with it, and a form to mend it. */
export function RowDialog(props: Shown) {
  const row = useResource<Row>(`/v1/quarantine/${props.row}`);
  return (
    <Dialog title={`Record ${props.row}`} close={props.close}>
      <div class="dialog-body stack">
        <Read resource={row} what="the record">
          {(read) => (
            <div class="stack">
              <About row={read} show={props.show} />
              {read.in_quarantine ? <Repair row={read} shown={props} again={row.reload} /> : <Left row={read} show={props.show} />}
            </div>
          )}
        </Read>
      </div>
    </Dialog>
  );
}

function About({ row, show }: { row: Row; show: (row: number) => void }) {
  const [what, ...advice] = row.message.split('\n');
  return (
    <>
      <p><strong class="break">{what}</strong></p>
      {advice.length > 0 && <p class="note break">{advice.join(' ')}</p>}
      <p class="note break">
        {row.source}, rule {row.rule}{row.column && `, column ${row.column}`}; {row.file ? `${row.file}, ${placeIn(row.row, row.line)}` : 'over HTTP'}; <Time at={row.arrived} />
      </p>
      {row.mends && (
        <p class="note break">
          Mended by {row.mends.by}, <Time at={row.mends.at} />: {row.mends.reason}{' '}
          <Button kind="quiet" onClick={() => row.mends && show(row.mends.number)}>As it was: record {row.mends.number}</Button>
        </p>
      )}
      <JsonLink path={`/v1/quarantine/${row.number}`} />
    </>
  );
}

function Left({ row, show }: { row: Row; show: (row: number) => void }) {
  const { left } = row;
  return (
    <>
      <p class="break">
        <Tag tone="info">Not in quarantine any more</Tag>{' '}
        {left?.mended ? <>{left.mended.by} mended it, <Time at={left.at} />: {left.mended.reason}</> : left ? <>replayed, <Time at={left.at} /></> : 'it left long ago'}
      </p>
      {left?.became === 'quarantined' && <p><Button onClick={() => show(left.position)}>It was refused again: record {left.position}</Button></p>}
      <dl class="pairs">
        {row.fields.map((field) => (
          <>
            <dt>{field.name}</dt>
            <dd class="mono break">{field.value ?? <span class="muted">none</span>}</dd>
          </>
        ))}
      </dl>
      {left?.mended && <pre class="mono framed" tabIndex={0} aria-label="The record as it was mended">{left.mended.record}</pre>}
    </>
  );
}

/** What the form says of the columns that were changed: null for no value. */
function changes(row: Row, form: HTMLFormElement): Record<string, string | null> {
  const said = new FormData(form);
  const values: Record<string, string | null> = {};
  row.fields.forEach((field, index) => {
    const text = String(said.get(`value-${index}`) ?? '');
    const isCleared = text === '' && (field.value === null || field.nullable || field.type !== 'varchar');
    const value = isCleared ? null : text;
    if (field.cut ? text !== '' : lines(value) !== lines(field.value)) {
      values[field.name] = value;
    }
  });
  return values;
}

/** A form has one kind of line end. */
function lines(value: string | null): string | null {
  return value === null ? null : value.replace(/\r\n?/g, '\n');
}

function Repair({ row, shown, again }: { row: Row; shown: Shown; again: () => void }) {
  const isOwner = useStore(token) !== '';
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const submit = (event: Event): void => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const said = new FormData(form);
    const by = String(said.get('by') ?? '').trim();
    remember(by);
    setBusy(true);
    setProblem(undefined);
    act<Repaired>('quarantine/repair', { number: row.number, values: changes(row, form), reason: String(said.get('reason') ?? ''), by }).then(
      (done) => {
        say(done.message ? `Refused again: ${done.message.split('\n')[0]}` : TAKEN[done.became]);
        shown.changed();
        if (done.became === 'quarantined') {
          shown.show(done.position);
        } else {
          shown.close();
        }
      },
      (failure: unknown) => {
        setProblem(asProblem(failure));
        setBusy(false);
      },
    );
  };
  return (
    <form class="repair" onSubmit={submit}>
      {row.problems.map((one) => <p key={one.rule} class="why">{one.message.split('\n')[0]}</p>)}
      {row.others.length > 0 && (
        <p class="note break">
          Fields that {row.source} does not know are left out: {row.others.map((other) => `${other.name}: ${other.value}`).join('; ')}
        </p>
      )}
      <fieldset disabled={!isOwner || busy}>
        <legend class="hidden">The record’s columns</legend>
        {row.fields.map((field, index) => <Column key={field.name} field={field} index={index} />)}
      </fieldset>
      {isOwner ? (
        <>
          <label>
            <span>Reason</span>
            <textarea name="reason" required rows={2} maxLength={1000} placeholder="The feed wrote a comma" />
          </label>
          <label>
            <span>Who you are</span>
            <input name="by" required maxLength={80} defaultValue={who()} autocomplete="name" placeholder="Your name, as the record will have it" />
          </label>
          <p class="note">The mended record goes through the same checks as any other. As it came it stays in the ledger.</p>
        </>
      ) : (
        <ReadOnlyNote />
      )}
      {problem && <ProblemNote problem={problem} {...(problem.status === 412 ? { retry: () => { shown.changed(); again(); } } : {})} />}
      <footer class="dialog-foot">
        <button type="button" class="button plain" onClick={shown.close}>Cancel</button>
        <button type="submit" class="button primary" disabled={busy || !isOwner}>{busy ? 'One moment …' : 'Mend and take in'}</button>
      </footer>
    </form>
  );
}

const LONG = 60;

function Column({ field, index }: { field: Field; index: number }) {
  const id = `value-${index}`;
  const why = field.message?.split('\n')[0];
  const common = {
    id,
    name: id,
    'aria-invalid': why ? true : undefined,
    'aria-describedby': why ? `${id}-why` : undefined,
    placeholder: field.cut ? 'Too long to be shown; what you write takes its place' : 'no value',
    spellcheck: false,
    autocomplete: 'off',
    defaultValue: field.cut ? '' : field.value ?? '',
  };
  const isLong = (field.value?.length ?? 0) > LONG || field.value?.includes('\n');
  return (
    <div class={why ? 'field wrong' : 'field'}>
      <label for={id}>
        <strong>{field.name}</strong>
        <span>{field.type}{field.nullable && ', may be empty'}</span>
      </label>
      {isLong ? <textarea class="mono" rows={3} {...common} /> : <input class="mono" {...common} />}
      {why && <span class="why" id={`${id}-why`}>{field.rule}: {why}</span>}
    </div>
  );
}
