import './learning/learning.css';
import { useEffect, useState } from 'preact/hooks';
import { useResource } from '../lib/api';
import type { Models, Weeks } from '../lib/learning';
import type { Policies } from '../lib/policies';
import type { Page } from '../nav';
import { JsonLink } from '../ui/parts';
import { Judgements, Versions, WhoServes, Waiting } from './learning/models';
import { MissedAndDisturbed } from './learning/missed';
import { PolicyProposal, PolicyVersions } from './learning/policy';
import { OpenWeeks, WeekCharts, Worth } from './learning/weeks';
import { WhatIfCard } from './learning/whatif';

const SLOW = 20_000;
const SOON = 2000;

function Learning() {
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
      <Waiting models={models} />
      <PolicyProposal policies={policies} />
      <Worth weeks={weeks} />
      <WeekCharts weeks={weeks} models={models.data} />
      <OpenWeeks weeks={weeks} />
      <WhoServes models={models} />
      <Judgements models={models} />
      <MissedAndDisturbed weeks={weeks.data} />
      <WhatIfCard policies={policies} />
      <PolicyVersions policies={policies} />
      <Versions models={models} />
    </>
  );
}

/** Week by week, who served and why, what was missed, and what could be otherwise. */
export const learning: Page = { path: 'learning', title: 'Learning', View: Learning };
