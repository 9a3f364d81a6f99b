import type { FactoryView, Need } from '../../lib/factory';
import { Card, Tag, Time, To, type Tone } from '../../ui/parts';

const TONES: Record<Need['severity'], Tone> = { critical: 'bad', warning: 'warn', info: 'info' };
const WORDS: Record<Need['severity'], string> = { critical: 'Now', warning: 'Soon', info: 'Note' };

/** Where a person sees more of a need, and what that link says. */
const PLACES: Record<Need['kind'], [page: string, words: string]> = {
  service: ['oncall', 'Look on call'],
  alarm: ['oncall', 'See the alarm'],
  proposal: ['learning', 'Decide on it'],
  policy: ['learning', 'Decide on it'],
  outcomes: ['data', 'See the sources'],
  brake: ['oncall', 'See what is frozen'],
  quarantine: ['data', 'See the rows'],
  disk: ['oncall', 'See the ledger'],
};

const SHOWN = 5;

/** What a person is needed for, on top of the first page. */
export function Needs({ view }: { view: FactoryView }) {
  const needs = [...notReady(view), ...view.needs];
  if (needs.length === 0) {
    return (
      <Card id="needs">
        <p class="calm"><Tag tone="good">All well</Tag> Nothing needs a person.</p>
      </Card>
    );
  }
  const more = needs.length - SHOWN;
  return (
    <Card id="needs" title={needs.length === 1 ? 'One thing needs a person' : `${needs.length} things need a person`}>
      <ul class="needs">
        {needs.slice(0, SHOWN).map((need) => <NeedLine key={need.kind + (need.key ?? '')} need={need} />)}
      </ul>
      {more > 0 && <p class="note"><To page="oncall">and {more} more</To></p>}
    </Card>
  );
}

function NeedLine({ need }: { need: Need }) {
  const [page, words] = PLACES[need.kind];
  return (
    <li class={'need ' + need.severity}>
      <Tag tone={TONES[need.severity]}>{WORDS[need.severity]}</Tag>
      <span class="need-text break">
        {need.text} {need.since && <span class="note">since <Time at={need.since} form="day" only="viewer" /></span>}
      </span>
      <To page={page} class="need-link">{words}</To>
    </li>
  );
}

function notReady(view: FactoryView): Need[] {
  return view.ready ? [] : [{ kind: 'service', severity: 'critical', text: `No decision is answered: ${view.message}` }];
}
