import { useState } from 'preact/hooks';
import { words, type WorkAlert, type WorkView } from '../../lib/decisions';
import { money, number } from '../../lib/format';
import { useKeys } from '../../lib/keys';
import { go, to } from '../../lib/router';
import { NameField, OneLine, OutcomeTag, ScoreOf, useActor, WorkTag } from '../../ui/decided';
import { ReadOnlyNote } from '../../ui/dialog';
import { Button, Time } from '../../ui/parts';
import { DataTable, type Column } from '../../ui/table';
import { say } from '../../ui/toast';
import { askClose, askNote, claim, release, takeBack, verdict, type Desk } from './deeds';

/** The alerts as work, and what can be done about those that are chosen. */
export function Queue(props: { view: WorkView; reload: () => void }) {
  const { view, reload } = props;
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const actor = useActor();
  const { isOwner, hindrance } = actor;
  const rows = view.alerts;
  const ids = rows.filter((row) => chosen.has(row.id)).map((row) => row.id);
  const desk: Desk = {
    view,
    actor,
    done: (left) => {
      setChosen((before) => new Set(left.filter((id) => before.has(id))));
      reload();
    },
  };
  /** Does something about what is chosen, unless something hinders it. */
  const on = (deed: (of: readonly string[]) => void, hinders: string) => (): void => {
    const of = ids.length > 0 ? ids : focused(rows);
    if (of.length === 0) {
      say('Choose an alert first: tick it, or go to it with the arrow keys.', 'warn');
    } else if (hinders) {
      say(hinders, 'warn');
    } else {
      deed(of);
    }
  };
  const form = view.verdict;
  const deeds = {
    c: on((of) => claim(desk, of), hindrance),
    r: on((of) => release(desk, of), hindrance),
    x: on((of) => askClose(desk, of), ''),
    n: on((of) => askNote(desk, of, 'note', 'Note', 'It stays with the alert, and on record.'), ''),
  };
  const verdicts = form && {
    f: on((of) => verdict(desk, form, of, true), hindrance),
    g: on((of) => verdict(desk, form, of, false), hindrance),
    u: on((of) => void takeBack(desk, form, of), hindrance),
  };
  const reopen = on((of) => askNote(desk, of, 'reopen', 'Reopen', 'It is to be worked on again.'), '');
  useKeys({ ...deeds, ...verdicts });
  const needs = { disabled: hindrance !== '' };
  const asks = { disabled: !isOwner };
  const why = (key: string): string => hindrance || `Key ${key}`;
  return (
    <div class="stack">
      {!isOwner && <ReadOnlyNote />}
      <div class="filters work-bar" role="toolbar" aria-label="What to do with the chosen alerts">
        <NameField name={actor.typed} onChange={actor.setName} />
        <span class="note chosen">{ids.length === 0 ? 'None chosen' : `${number(ids.length)} chosen`}</span>
        <div class="buttons">
          <Button onClick={deeds.c} {...needs} title={why('c')}><kbd>c</kbd> Claim</Button>
          <Button onClick={deeds.r} {...needs} title={why('r')}><kbd>r</kbd> Release</Button>
          <Button onClick={deeds.x} {...asks} title="Key x"><kbd>x</kbd> Close …</Button>
          <Button onClick={deeds.n} {...asks} title="Key n"><kbd>n</kbd> Note …</Button>
          <Button onClick={reopen} {...asks}>Reopen …</Button>
          {verdicts && (
            <>
              <Button onClick={verdicts.f} {...needs} title={why('f')}><kbd>f</kbd> Fraud</Button>
              <Button onClick={verdicts.g} {...needs} title={why('g')}><kbd>g</kbd> Genuine</Button>
              <Button onClick={verdicts.u} {...needs} title={why('u')}><kbd>u</kbd> Undo</Button>
            </>
          )}
        </div>
        {isOwner && hindrance && <p class="note hindrance">{hindrance}</p>}
      </div>
      <DataTable
        caption="Alerts as work, the most money at risk first"
        columns={columns(view.currency)}
        rows={rows}
        rowKey={(row) => row.id}
        empty="No alert stands there."
        onOpen={(row) => go('decisions', row.id)}
        chosen={{ keys: chosen, onChange: setChosen }}
        dense
      />
      <p class="note">Keys work on what is ticked, or on the row that you are at: go there with the arrow keys. Enter opens it.</p>
    </div>
  );
}

/** The alert whose row has the focus. */
function focused(rows: readonly WorkAlert[]): string[] {
  const row = document.activeElement?.closest('tbody tr');
  const id = row?.querySelector('[data-id]')?.getAttribute('data-id');
  return id && rows.some((one) => one.id === id) ? [id] : [];
}

function columns(currency: string): Column<WorkAlert>[] {
  return [
    { key: 'risk', head: 'At risk', align: 'end', cell: (row) => <strong class="nowrap">{money(row.at_risk, currency, 2)}</strong>, value: (row) => row.at_risk, title: 'The expected loss: score times amount' },
    { key: 'id', head: 'Alert', cell: (row) => <OneLine text={row.id} href={to('decisions', row.id)} id={row.id} /> },
    { key: 'entity', head: 'Entity', cell: (row) => <OneLine text={row.entity} />, value: (row) => row.entity },
    { key: 'amount', head: 'Amount', align: 'end', wide: true, cell: (row) => <span class="nowrap">{money(row.amount, currency, 2)}</span>, value: (row) => row.amount },
    { key: 'score', head: 'Score', align: 'end', cell: (row) => <ScoreOf line={row} />, value: (row) => row.score ?? null },
    { key: 'at', head: 'When', cell: (row) => <Time at={row.at} />, value: (row) => Date.parse(row.at) },
    { key: 'status', head: 'Work', cell: (row) => <WorkTag work={row.work} />, value: (row) => row.work.status },
    { key: 'outcome', head: 'Outcome', cell: (row) => <OutcomeTag outcome={row.outcome} /> },
    { key: 'note', head: 'Note', wide: true, cell: (row) => <span class="last-note break">{last(row)}</span> },
  ];
}

function last(row: WorkAlert): string {
  const note = row.work.notes[row.work.notes.length - 1];
  const code = row.work.closed ? words(row.work.closed.code) : '';
  return [code, note ? `${note.note ?? ''} (${note.by})` : ''].filter((text) => text).join(': ');
}
