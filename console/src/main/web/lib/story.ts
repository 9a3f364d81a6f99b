/** The answer to `/v1/story`, and where the walk through a story leads. */
import { useResource, type Resource } from './api';
import type { Ranged } from './learning';

export type Stage = 'open' | 'lost' | 'proposed' | 'shadow' | 'canary' | 'serves' | 'taken-back' | 'resolved';

export interface Step {
  what: string;
  at: string;
  model?: string;
  text: string;
}

export interface Answer {
  model: string;
  former: string;
  from: string;
  /** When it was taken back; absent if it was not. */
  until?: string;
  by: string;
  later: number;
}

export interface Saved {
  from: string;
  until: string;
  decisions: number;
  learning: Ranged;
  frozen: Ranged;
  difference: Ranged;
}

/** Something out of the usual, from the alarm to what came of it. */
export interface Story {
  number: number;
  kind: 'missed' | 'taken-back';
  stage: Stage;
  text: string;
  /** In which more was missed, or the alarm was raised; 0 before go-live. */
  week: number;
  since?: string;
  alarm: { key: string; at: string; raised: number; message: string };
  answer?: Answer;
  saved?: Saved;
  matures_at?: string;
  steps: Step[];
}

export interface Stories {
  at: string;
  currency: string;
  live: boolean;
  /** The latest first. */
  stories: Story[];
}

const EVERY_MILLIS = 15_000;

/** The stories, read now and then. */
export function useStories(): Resource<Stories> {
  return useResource<Stories>('/v1/story', EVERY_MILLIS);
}

/** A place of the walk through a story. */
export type Chapter = 'missed' | 'alarm' | 'champion' | 'tried' | 'saved';

/** The places of a story in the order of the walk. */
export function chapters(story: Story): Chapter[] {
  const began: Chapter[] = story.kind === 'missed' ? ['missed', 'alarm'] : ['alarm'];
  return [...began, ...(story.answer ? (['champion', 'saved'] as Chapter[]) : (['tried'] as Chapter[]))];
}

/** Where a chapter is told: a page and what follows it in the address. */
export function placeOfChapter(story: Story, chapter: Chapter): [page: string, ...rest: string[]] {
  const which = ['story', String(story.number)];
  switch (chapter) {
    case 'alarm':
      return ['oncall', ...which];
    case 'champion':
      return ['model', story.answer?.model ?? 'champion', ...which];
    default:
      return ['learning', ...which, chapter];
  }
}

/** Which story an address is about; 0 for none: `story/3` somewhere in what follows the page. */
export function storyIn(rest: readonly string[]): number {
  const at = rest.indexOf('story');
  const number = at < 0 ? 0 : Number(rest[at + 1]);
  return Number.isInteger(number) ? number : 0;
}
