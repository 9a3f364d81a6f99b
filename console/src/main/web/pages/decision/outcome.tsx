import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { placeIn, work, words, type DecisionView, type Lineage, type Said } from '../../lib/decisions';
import { useKeys } from '../../lib/keys';
import { to } from '../../lib/router';
import { NameField, OutcomeTag, tellVerdict, useActor, WorkTag } from '../../ui/decided';
import { ReadOnlyNote } from '../../ui/dialog';
import { Button, Tag, Time } from '../../ui/parts';
import { say } from '../../ui/toast';

/** The outcomes, the verdict, and the work; with the keys f, g and u. */
export function Outcome(props: { view: DecisionView; reload: () => void }) {
  const { view } = props;
  const actor = useActor();
  const { name, hindrance } = actor;
  const form = view.verdict;
  const own = view.said.find((said) => said.source === form?.source);
  const tell = (positive: boolean | null): void => {
    if (hindrance) {
      say(hindrance, 'warn');
    } else if (form) {
      const alerts = view.work ? [view.id] : [];
      void tellVerdict({ form, ids: [view.id], alerts, positive, by: name }).then((told) => {
        if (!told.why) {
          props.reload();
        }
      });
    }
  };
  const takeBack = (): void => {
    if (own?.positive !== undefined) {
      tell(null);
    }
  };
  useKeys(form ? { f: () => tell(true), g: () => tell(false), u: takeBack } : {});
  useSeen(view, actor.isOwner ? name : '');
  const isHindered = hindrance !== '';
  const why = (key: string): string => hindrance || `Key ${key}`;
  return (
    <div class="stack">
      {view.said.length === 0 ? <p class="muted">Nobody has said yet what it was.</p> : <ul class="said">{view.said.map((said) => <SaidLine key={said.source} said={said} />)}</ul>}
      {form ? (
        <div class="verdict">
          <div class="buttons">
            <Button onClick={() => tell(true)} kind={own?.positive === true ? 'primary' : 'plain'} disabled={isHindered} title={why('f')}><kbd>f</kbd> Fraud</Button>
            <Button onClick={() => tell(false)} kind={own?.positive === false ? 'primary' : 'plain'} disabled={isHindered} title={why('g')}><kbd>g</kbd> Genuine</Button>
            <Button onClick={takeBack} disabled={isHindered || own?.positive === undefined} title={why('u')}><kbd>u</kbd> Undo</Button>
          </div>
          {actor.isOwner ? <NameField name={actor.typed} onChange={actor.setName} /> : <ReadOnlyNote />}
          {actor.isOwner && hindrance && <p class="note">{hindrance}</p>}
          <p class="note">A verdict is an outcome of <code>{form.source}</code>: it counts until the label is known, and can be taken back.</p>
        </div>
      ) : (
        <p class="note">No verdict can be given here, because no source of this factory takes one. Maybe add a source of outcomes to the factory file whose columns may all be null, except the id, and name it under <code>label.provisional</code>.</p>
      )}
      {view.work && <Work view={view} />}
    </div>
  );
}

/** File and place, or that it came over HTTP; and whether it lay in quarantine before. */
export function origin(lineage: Lineage): ComponentChildren {
  const detour = lineage.quarantine;
  return (
    <>
      {lineage.file ? <><span class="mono">{lineage.file}</span>, {placeIn(lineage.row ?? 0, detour?.line ?? 0)}</> : 'over HTTP'}
      {detour && (
        <>
          , out of quarantine (record <span class="mono">{detour.number}</span>
          {detour.by ? <>, mended by {detour.by}, <Time at={detour.mended_at} />: {detour.reason}</> : ', as it had come'})
        </>
      )}
    </>
  );
}

function SaidLine(props: { said: Said }) {
  const { said } = props;
  const outcome = said.positive === undefined ? undefined : { positive: said.positive, definitive: said.kind === 'label' };
  return (
    <li>
      {outcome ? <OutcomeTag outcome={outcome} /> : <Tag>{said.kind === 'other' ? 'noted' : 'taken back'}</Tag>}{' '}
      <span>by <code>{said.source}</code>, <Time at={said.at} form="exact" /></span>
      {!said.in_force && outcome && <span class="muted"> (overruled)</span>}
      <div class="note break">{origin(said.lineage)}, position <span class="mono">{said.lineage.position}</span></div>
    </li>
  );
}

function Work(props: { view: DecisionView }) {
  const state = props.view.work;
  if (!state) {
    return null;
  }
  return (
    <div class="work-state">
      <h3>The work on it <WorkTag work={state} /></h3>
      <ul class="said">
        {state.claimed && <li>claimed by {state.claimed.by}, <Time at={state.claimed.at} /></li>}
        {state.notes.map((note) => <li key={note.at + note.by}><span class="break">“{note.note}”</span> {note.by}, <Time at={note.at} /></li>)}
        {state.closed && <li>closed by {state.closed.by} as {words(state.closed.code)}, <Time at={state.closed.at} /></li>}
        {state.seen.length > 0 && <li class="muted">score seen by {state.seen.map((seen) => seen.by).join(', ')}</li>}
      </ul>
      <p><a href={to('work')}>To the work queue</a></p>
    </div>
  );
}

/** Puts on record that a person was shown the score of an alert. */
function useSeen(view: DecisionView, name: string): void {
  const told = useRef('');
  useEffect(() => {
    const isDue = view.work && name && told.current !== name && !view.work.seen.some((seen) => seen.by === name);
    if (!isDue) {
      return undefined;
    }
    const timer = window.setInterval(() => {
      if (document.activeElement instanceof HTMLInputElement) {
        return; // the name may be half typed
      }
      window.clearInterval(timer);
      told.current = name;
      work('seen', [view.id], name).catch(() => undefined);
    }, 1500);
    return () => window.clearInterval(timer);
  }, [view, name]);
}
