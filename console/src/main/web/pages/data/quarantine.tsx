import './data.css';
import { useRef, useState } from 'preact/hooks';
import { act, useResource } from '../../lib/api';
import type { SourceView } from '../../lib/factory';
import { number } from '../../lib/format';
import { ask } from '../../ui/dialog';
import { Button, Card, Empty, Read, Tag, Time } from '../../ui/parts';
import { DataTable } from '../../ui/table';
import { say } from '../../ui/toast';
import { RowDialog } from './repair';

interface Quarantine {
  records: number;
  rules: Rule[];
  newest: Refused[];
  next?: number;
}

interface Rule {
  source: string;
  rule: string;
  records: number;
  newest: string;
}

/** A record in quarantine, as a list has it. */
export interface Refused {
  number: number;
  arrived: string;
  source: string;
  rule: string;
  column: string;
  message: string;
  file: string;
  line: number;
  row: number;
  mended: boolean;
}

interface Replayed {
  sources: { source: string; accepted: number; duplicates: number; kept: number }[];
}

/** What is looked at: of which source and rule, and the places where the pages before began. */
interface Place {
  source: string;
  rule: string;
  before: number[];
}

const ALL: Place = { source: '', rule: '', before: [] };
const PAGE = 50;

function path(place: Place): string {
  const asked = new URLSearchParams({ limit: String(PAGE) });
  const cursor = place.before[place.before.length - 1];
  if (cursor !== undefined) {
    asked.set('cursor', String(cursor));
  }
  if (place.rule) {
    asked.set('source', place.source);
    asked.set('rule', place.rule);
  }
  return `/v1/quarantine?${asked}`;
}

/** What broke its contract, by rule, with the rows: mended one by one, or replayed once the contract was mended. */
export function QuarantineCard({ sources }: { sources: SourceView[] }) {
  const [place, setPlace] = useState(ALL);
  const quarantine = useResource<Quarantine>(path(place), 0, undefined, true);
  const [open, setOpen] = useState<number>();
  const count = sources.reduce((sum, source) => sum + source.quarantined, 0);
  const shown = useRef(count);
  const more = count - shown.current;
  const again = (): void => {
    shown.current = count;
    quarantine.reload();
  };
  const isEmpty = quarantine.data?.records === 0;
  return (
    <Card
      title="Quarantine"
      note="Records that broke their contract are kept whole. Open one to mend it; or mend the factory file and replay them. Either way they are learnt from, not decided on."
      action={
        <>
          {more > 0 && <Button onClick={again}>{number(more)} more came: read again</Button>}
          {quarantine.data && !isEmpty && <Button onClick={() => replay(undefined, again)}>Replay all …</Button>}
        </>
      }
    >
      <Read resource={quarantine} what="the quarantine">
        {(read) =>
          read.records === 0 ? (
            <Empty title="The quarantine is empty." />
          ) : (
            <div class="stack">
              <Rules rules={read.rules} place={place} choose={setPlace} reload={again} />
              <Rows read={read} place={place} turn={setPlace} open={(row) => setOpen(row.number)} />
            </div>
          )
        }
      </Read>
      {open !== undefined && (
        <RowDialog
          key={open}
          row={open}
          show={setOpen}
          close={() => setOpen(undefined)}
          changed={again}
        />
      )}
    </Card>
  );
}

function Rules(props: { rules: Rule[]; place: Place; choose: (place: Place) => void; reload: () => void }) {
  const isChosen = (rule: Rule): boolean => rule.rule === props.place.rule && rule.source === props.place.source;
  return (
    <DataTable
      caption="Rules that were broken"
      rows={props.rules}
      rowKey={(rule) => `${rule.source} ${rule.rule}`}
      empty="Nothing is in quarantine."
      dense
      onOpen={(rule) => props.choose(isChosen(rule) ? ALL : { source: rule.source, rule: rule.rule, before: [] })}
      rowClass={(rule) => (isChosen(rule) ? 'this' : undefined)}
      columns={[
        {
          key: 'rule', head: 'Rule', value: (r) => `${r.rule} ${r.source}`,
          cell: (r) => <><strong class="break">{r.rule}</strong><div class="note break">{r.source}</div></>,
        },
        { key: 'records', head: 'Records', align: 'end', cell: (r) => number(r.records), value: (r) => r.records },
        { key: 'newest', head: 'Newest', wide: true, cell: (r) => <Time at={r.newest} />, value: (r) => r.newest },
        {
          key: 'replay', head: 'Action', align: 'end',
          cell: (r) => <span class="nowrap"><Button label={`Replay ${r.rule} of ${r.source}`} onClick={() => replay(r, props.reload)}>Replay …</Button></span>,
        },
      ]}
    />
  );
}

function Rows(props: { read: Quarantine; place: Place; turn: (place: Place) => void; open: (row: Refused) => void }) {
  const { read, place } = props;
  const of = place.rule ? read.rules.find((rule) => rule.rule === place.rule && rule.source === place.source)?.records ?? 0 : read.records;
  const first = place.before.length * PAGE + 1;
  return (
    <>
      <div class="filtered">
        <h3>
          {of === 0 ? 'None' : `${number(first)} to ${number(first + read.newest.length - 1)} of ${number(of)}`}
          {place.rule && <> that broke <span class="break">{place.rule}</span></>}
        </h3>
        <span class="note">the newest first</span>
        {place.rule && <Button kind="quiet" onClick={() => props.turn(ALL)}>Show all rules</Button>}
      </div>
      <DataTable
        caption="Records in quarantine"
        rows={read.newest}
        rowKey={(row) => String(row.number)}
        empty="No record is left here."
        dense
        onOpen={props.open}
        columns={[
          { key: 'number', head: 'Number', align: 'end', cell: (r) => <span class="mono">{r.number}</span>, value: (r) => r.number },
          { key: 'arrived', head: 'Arrived', wide: true, cell: (r) => <Time at={r.arrived} />, value: (r) => r.arrived },
          { key: 'source', head: 'Source', wide: true, cell: (r) => <span class="break">{r.source}</span>, value: (r) => r.source },
          {
            key: 'message', head: 'What is wrong',
            cell: (r) => <><span class="break">{r.message.split('\n')[0]}</span>{r.mended && <> <Tag tone="info">mended, refused again</Tag></>}</>,
          },
          {
            key: 'place', head: 'Place', value: (r) => where(r),
            cell: (r) => <span class="mono break">{where(r)}{r.row > 0 && <span class="wide-only"> (row {r.row})</span>}</span>,
          },
        ]}
      />
      {(place.before.length > 0 || read.next !== undefined) && (
        <div class="pager">
          <Button disabled={place.before.length === 0} onClick={() => props.turn({ ...place, before: place.before.slice(0, -1) })}>Newer</Button>
          <Button disabled={read.next === undefined} onClick={() => read.next !== undefined && props.turn({ ...place, before: [...place.before, read.next] })}>Older</Button>
        </div>
      )}
    </>
  );
}

/** File and line, or that it came over HTTP. */
function where(row: Refused): string {
  return row.file ? `${row.file.split('/').pop()}:${row.line}` : 'over HTTP';
}

function replay(rule: Rule | undefined, reload: () => void): void {
  ask({
    title: rule ? `Replay ${number(rule.records)} that broke ${rule.rule}` : 'Replay the quarantine',
    text: 'Each record is held against its contract again. Those that pass are taken in and count from now; the others stay. Mend the factory file first, and start the factory again with it.',
    verb: 'Replay',
    hint: 'The rule was too strict, and is mended',
    run: async (said) => {
      const done = await act<Replayed>('quarantine/replay', { source: rule?.source ?? '', rule: rule?.rule ?? '', reason: said.reason, by: said.by });
      const taken = done.sources.reduce((sum, one) => sum + one.accepted, 0);
      const known = done.sources.reduce((sum, one) => sum + one.duplicates, 0);
      const kept = done.sources.reduce((sum, one) => sum + one.kept, 0);
      say(`${number(taken)} taken in, ${known > 0 ? `${number(known)} known already, ` : ''}${number(kept)} stay in quarantine.`);
      reload();
    },
    done: 'The quarantine was replayed.',
  });
}
