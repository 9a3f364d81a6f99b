import { useRef, useState } from 'preact/hooks';
import { act, useResource } from '../../lib/api';
import type { SourceView } from '../../lib/factory';
import { number } from '../../lib/format';
import { ask, Dialog } from '../../ui/dialog';
import { Button, Card, Empty, Read, Time } from '../../ui/parts';
import { DataTable } from '../../ui/table';
import { say } from '../../ui/toast';

interface Quarantine {
  rules: { source: string; rule: string; records: number; newest: string }[];
  newest: Refused[];
}

interface Refused {
  number: number;
  arrived: string;
  source: string;
  rule: string;
  column: string;
  message: string;
  file: string;
  line: number;
  record: string;
  cut: boolean;
}

interface Replayed {
  sources: { source: string; accepted: number; duplicates: number; kept: number }[];
}

/** What broke its contract, by rule, with the rows; replayed once the contract was mended. */
export function QuarantineCard({ sources }: { sources: SourceView[] }) {
  const quarantine = useResource<Quarantine>('/v1/quarantine');
  const [open, setOpen] = useState<Refused>();
  const count = sources.reduce((sum, source) => sum + source.quarantined, 0);
  const shown = useRef(count);
  const more = count - shown.current;
  const again = (): void => {
    shown.current = count;
    quarantine.reload();
  };
  const isEmpty = quarantine.data?.rules.length === 0;
  return (
    <Card
      title="Quarantine"
      note="Records that broke their contract are kept whole. Once the factory file is mended they are replayed: taken in and learnt from, not decided on."
      action={
        <>
          {more > 0 && <Button onClick={again}>{number(more)} more came: read again</Button>}
          {!isEmpty && <Button onClick={() => replay(again)}>Replay …</Button>}
        </>
      }
    >
      <Read resource={quarantine} what="the quarantine">
        {(read) =>
          read.rules.length === 0 ? (
            <Empty title="The quarantine is empty." />
          ) : (
            <div class="stack">
              <DataTable
                caption="Rules that were broken"
                rows={read.rules}
                rowKey={(rule) => `${rule.source} ${rule.rule}`}
                empty=""
                dense
                columns={[
                  { key: 'source', head: 'Source', cell: (r) => r.source, value: (r) => r.source },
                  { key: 'rule', head: 'Rule', cell: (r) => <strong class="break">{r.rule}</strong>, value: (r) => r.rule },
                  { key: 'records', head: 'Records', align: 'end', cell: (r) => number(r.records), value: (r) => r.records },
                  { key: 'newest', head: 'Newest', cell: (r) => <Time at={r.newest} />, value: (r) => r.newest },
                ]}
              />
              <h3>The newest {number(read.newest.length)}</h3>
              <DataTable
                caption="The newest records in quarantine"
                rows={read.newest}
                rowKey={(row) => String(row.number)}
                empty=""
                dense
                onOpen={setOpen}
                columns={[
                  { key: 'number', head: 'Number', align: 'end', cell: (r) => <span class="mono">{r.number}</span>, value: (r) => r.number },
                  { key: 'arrived', head: 'Arrived', wide: true, cell: (r) => <Time at={r.arrived} />, value: (r) => r.arrived },
                  { key: 'source', head: 'Source', wide: true, cell: (r) => r.source, value: (r) => r.source },
                  { key: 'message', head: 'What is wrong', cell: (r) => <span class="break">{r.message.split('\n')[0]}</span> },
                  { key: 'place', head: 'Place', cell: (r) => <span class="mono break">{where(r)}</span>, value: (r) => where(r) },
                ]}
              />
            </div>
          )
        }
      </Read>
      {open && <Row row={open} close={() => setOpen(undefined)} />}
    </Card>
  );
}

function where(row: Refused): string {
  return row.file ? `${row.file.split('/').pop()}:${row.line}` : 'over the wire';
}

function Row({ row, close }: { row: Refused; close: () => void }) {
  const [what, ...advice] = row.message.split('\n');
  return (
    <Dialog title={`Record ${row.number}`} close={close}>
      <div class="dialog-text stack">
        <p><strong class="break">{what}</strong></p>
        {advice.length > 0 && <p class="note break">{advice.join(' ')}</p>}
        <p class="note break">
          {row.source}, rule {row.rule}{row.column && `, column ${row.column}`}; {row.file ? `${row.file}, line ${number(row.line)}` : 'over the wire'}; arrived <Time at={row.arrived} />
        </p>
        <pre class="mono framed" tabIndex={0} aria-label="The record as it came">{pretty(row)}</pre>
        {row.cut && <p class="note">There is more of it: <code>cromford quarantine show</code> has it whole.</p>}
      </div>
    </Dialog>
  );
}

function pretty(row: Refused): string {
  try {
    return JSON.stringify(JSON.parse(row.record), null, 2);
  } catch {
    return row.record;
  }
}

function replay(reload: () => void): void {
  ask({
    title: 'Replay the quarantine',
    text: 'Each record is held against its contract again. Those that pass are taken in and count from now; the others stay. Mend the factory file first, and start the factory again with it.',
    verb: 'Replay',
    hint: 'The rule was too strict, and is mended',
    run: async (said) => {
      const done = await act<Replayed>('quarantine/replay', { reason: said.reason, by: said.by });
      const taken = done.sources.reduce((sum, one) => sum + one.accepted, 0);
      const kept = done.sources.reduce((sum, one) => sum + one.kept, 0);
      say(`${number(taken)} taken in, ${number(kept)} stay in quarantine.`);
      reload();
    },
    done: 'The quarantine was replayed.',
  });
}
