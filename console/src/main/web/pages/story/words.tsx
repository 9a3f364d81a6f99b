import { interval, local, money, short } from '../../lib/format';
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

/** The one fact of a chapter. */
export function factOf(story: Story, chapter: Chapter, currency: string): string {
  const { answer, alarm, saved } = story;
  switch (chapter) {
    case 'missed':
      return story.since ? `since ${local(story.since, 'day')}` : `week ${story.week}`;
    case 'alarm':
      return `raised ${local(alarm.at, 'day')}${alarm.raised > 1 ? `, ${alarm.raised} times` : ''}`;
    case 'champion':
      return answer
        ? `${short(answer.model)}, ${answer.until ? `until ${local(answer.until, 'day')}` : `${answer.later > 0 ? 'from' : 'since'} ${local(answer.from, 'day')}${answer.later > 0 ? ' on' : ''}`}`
        : '';
    case 'tried':
      return STAGES[story.stage];
    case 'saved':
      return saved ? more(saved, currency) : story.matures_at ? `known from ${local(story.matures_at, 'day')} on` : 'not known';
  }
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
export function more(saved: Saved, currency: string): string {
  const { value, low, high } = saved.difference;
  const write = (amount: number): string => money(amount, currency);
  const sign = (value ?? 0) < 0 ? 'less' : 'more';
  const range = low === undefined ? '' : ` [${interval(low, high, write)}]`;
  return `${money(Math.abs(value ?? 0), currency)} ${sign}${range}`;
}
