import './learning/learning.css';
import { useEffect, useState } from 'preact/hooks';
import { useResource } from '../lib/api';
import type { Models, Weeks } from '../lib/learning';
import type { Policies } from '../lib/policies';
import { type Chapter, type Stories, type Story } from '../lib/story';
import type { Page } from '../nav';
import { JsonLink } from '../ui/parts';
import { Judgements, Versions, WhoServes, Waiting } from './learning/models';
import { MissedAndDisturbed } from './learning/missed';
import { PolicyProposal, PolicyVersions } from './learning/policy';
import { OpenWeeks, WeekCharts, Worth } from './learning/weeks';
import { WhatIfCard } from './learning/whatif';
import { MissedByWeek, Tried, WhatItSaved } from './story/told';
import { Walk } from './story/walk';

const SLOW = 20_000;
const SOON = 2000;

function Learning({ rest }: { rest: string[] }) {
  const chapter = chapterIn(rest);
  const models = useResource<Models>('/v1/models', SLOW);
  const policies = useResource<Policies>('/v1/policies', SLOW);
  const [every, setEvery] = useState(SLOW);
  const weeks = useResource<Weeks>('/v1/weeks', every);
  const wanted = (weeks.data?.pending ?? 0) > 0 ? SOON : SLOW;
  useEffect(() => setEvery(wanted), [wanted]);
  return (
    <>
      <div class="page-head">
        <h1>Learning</h1>
        <p class="note">What the models that served came to, against the first one, frozen.</p>
        <JsonLink path="/v1/weeks" />
      </div>
      <Walk rest={rest} chapter={chapter}>{(story, stories) => <Told chapter={chapter} story={story} stories={stories} weeks={weeks.data} />}</Walk>
      <Waiting models={models} />
      <PolicyProposal policies={policies} />
      <Worth weeks={weeks} />
      <WeekCharts weeks={weeks} models={models.data} />
      <OpenWeeks weeks={weeks} />
      <WhoServes models={models} />
      <Judgements models={models} />
      {chapter !== 'missed' && <MissedAndDisturbed weeks={weeks.data} />}
      <WhatIfCard policies={policies} />
      <PolicyVersions policies={policies} />
      <Versions models={models} />
    </>
  );
}

/** Which chapter of a story an address asks for: `story/1/missed`. */
function chapterIn(rest: readonly string[]): Chapter {
  return rest[0] !== 'story' ? 'alarm' : rest[2] === 'missed' || rest[2] === 'tried' ? rest[2] : 'saved';
}

function Told(props: { chapter: Chapter; story: Story; stories: Stories; weeks: Weeks | undefined }) {
  const { chapter, story, weeks } = props;
  return chapter === 'missed' ? (
    <>
      <MissedByWeek story={story} weeks={weeks} />
      <MissedAndDisturbed weeks={weeks} first={story.week} />
    </>
  ) : chapter === 'tried' ? (
    <Tried story={story} />
  ) : (
    <WhatItSaved story={story} stories={props.stories} weeks={weeks} />
  );
}

/** Week by week, who served and why, what was missed, and what could be otherwise. */
export const learning: Page = { path: 'learning', title: 'Learning', View: Learning };
