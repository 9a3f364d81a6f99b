import type { ComponentChildren } from 'preact';
import { day, interval, money, short } from '../../lib/format';
import type { Chapter, Saved, Story } from '../../lib/story';

/** What a chapter is called. */
export function titleOf(story: Story, chapter: Chapter): string {
  switch (chapter) {
    case 'missed':
      return 'More frauds were missed';
    case 'alarm':
      return story.kind === 'missed' ? 'The alarm' : 'A model was taken back';
    case 'champion':
      return story.stage === 'taken-back' ? 'The answer, taken back' : story.kind === 'taken-back' ? 'Who stepped in' : 'The new champion';
    case 'tried':
      return 'No new champion yet';
    case 'saved':
      return 'What it saved';
  }
}

/** What a link to a chapter says. */
export function linkTo(story: Story, chapter: Chapter): string {
  switch (chapter) {
    case 'missed':
      return 'See what was missed, and why';
    case 'alarm':
      return 'See the alarm, and what changed before it';
    case 'champion':
      return story.kind === 'missed' ? 'See it beside its predecessor' : 'See it beside who was taken back';
    case 'tried':
      return 'See who was tried';
    case 'saved':
      return 'See the money, against the first model';
  }
}

/** A day, or what else is read in one, on one line. */
function Whole(props: { children: ComponentChildren }) {
  return <span class="nowrap">{props.children}</span>;
}

function on(at: string): ComponentChildren {
  return <Whole>{day(at)}</Whole>;
}

/** The one fact of a chapter. */
export function factOf(story: Story, chapter: Chapter, currency: string): ComponentChildren {
  const { answer, alarm, saved } = story;
  switch (chapter) {
    case 'missed':
      return story.since ? <>since {on(story.since)}</> : `week ${story.week}`;
    case 'alarm':
      return <>raised {on(alarm.at)}{alarm.raised > 1 && `, ${alarm.raised} times`}</>;
    case 'champion':
      return answer ? <Whole>{short(answer.model)}</Whole> : '';
    case 'tried':
      return STAGES[story.stage];
    case 'saved':
      return saved ? more(saved, currency) : story.matures_at ? <>known from {on(story.matures_at)} on</> : 'not known';
  }
}

/** When a chapter's model served; nothing of the others. */
export function spanOf(story: Story, chapter: Chapter): ComponentChildren {
  const answer = chapter === 'champion' ? story.answer : undefined;
  if (!answer) {
    return null;
  }
  return (
    <>
      {answer.later > 0 || answer.until ? 'from' : 'since'} {on(answer.from)}
      {answer.until ? <> until {on(answer.until)}</> : answer.later > 0 && ' on'}
    </>
  );
}

const STAGES: Record<Story['stage'], string> = {
  open: 'nobody was tried yet',
  lost: 'nobody was better by enough',
  proposed: 'one waits for a person',
  shadow: 'one is in shadow',
  canary: 'one is a canary',
  serves: 'it serves',
  'taken-back': 'it was taken back',
  resolved: 'a person said it is over',
};

/** `€1,234 more [€1,000 to €1,500]`: beside the first model, frozen. */
export function more(saved: Saved, currency: string): ComponentChildren {
  const { value, low, high } = saved.difference;
  const write = (amount: number): string => money(amount, currency);
  const sign = (value ?? 0) < 0 ? 'less' : 'more';
  return <><Whole>{money(Math.abs(value ?? 0), currency)} {sign}</Whole>{low !== undefined && <> <Whole>[{interval(low, high, write)}]</Whole></>}</>;
}
