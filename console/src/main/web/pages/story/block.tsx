import './story.css';
import type { ComponentChildren } from 'preact';
import { chapters, placeOfChapter, useStories, type Stories, type Story } from '../../lib/story';
import { interval, money, number, short } from '../../lib/format';
import type { Ranged } from '../../lib/learning';
import { to } from '../../lib/router';
import { Card, Empty, JsonLink, Read, Tag, Time, type Tone } from '../../ui/parts';
import { Told } from '../../ui/told';
import { factOf, linkTo, more, spanOf, titleOf } from './words';

/** What happened: the latest story in words, each part of it a link to where it is seen. */
export function WhatHappened() {
  const stories = useStories();
  const latest = stories.data?.stories[0];
  return (
    <Card
      id="happened"
      title="What happened"
      note={latest ? 'The last time that something was out of the usual, and what the factory did about it.' : undefined}
      action={latest ? <a class="button primary" href={to(...placeOfChapter(latest, chapters(latest)[0] ?? 'alarm'))}>Walk through it</a> : <JsonLink path="/v1/story" />}
    >
      <Read resource={stories} what="what happened">
        {(read) => (latest ? <Latest story={latest} stories={read} /> : <Calm live={read.live} />)}
      </Read>
    </Card>
  );
}

function Calm({ live }: { live: boolean }) {
  return live ? (
    <p class="calm"><Tag tone="good">Nothing out of the usual</Tag> Since go-live no alarm said that more frauds are missed, and no model was taken back.</p>
  ) : (
    <Empty title="Nothing happened yet.">No model serves before go-live.</Empty>
  );
}

function Latest({ story, stories }: { story: Story; stories: Stories }) {
  const earlier = stories.stories.slice(1);
  return (
    <div class="stack">
      <p class="story-lead"><Lead story={story} currency={stories.currency} /></p>
      <ol class="chapters">
        {chapters(story).map((chapter) => (
          <li key={chapter} class={`chapter of-${chapter}`}>
            <h3>{titleOf(story, chapter)}</h3>
            <p class="chapter-fact">{factOf(story, chapter, stories.currency)} <span class="muted">{spanOf(story, chapter)}</span></p>
            <a href={to(...placeOfChapter(story, chapter))}>{linkTo(story, chapter)}</a>
          </li>
        ))}
      </ol>
      <details>
        <summary>{number(story.steps.length)} steps, one by one</summary>
        <Steps story={story} />
      </details>
      {earlier.length > 0 && (
        <details>
          <summary>{earlier.length === 1 ? 'One time before' : `${number(earlier.length)} times before`}</summary>
          <ul class="entries">
            {earlier.map((one) => (
              <li key={one.number}>
                <Lead story={one} currency={stories.currency} />{' '}
                <a class="version" href={to(...placeOfChapter(one, chapters(one)[0] ?? 'alarm'))}>Walk through it</a>
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}

/** A story in two or three sentences. */
export function Lead({ story, currency }: { story: Story; currency: string }) {
  return (
    <>
      <Began story={story} /> <Became story={story} /> <Money story={story} currency={currency} />
    </>
  );
}

function Day({ at }: { at: string }) {
  return <strong><Time at={at} form="day" only="viewer" /></strong>;
}

function Began({ story }: { story: Story }): ComponentChildren {
  if (story.kind === 'taken-back') {
    return <>On <Day at={story.alarm.at} /> the model that served was taken back.</>;
  }
  return (
    <>
      {story.since && <>From <Day at={story.since} /> on more frauds were missed than before. </>}
      The alarm was raised on <Day at={story.alarm.at} />, once the outcomes were there.
    </>
  );
}

function Became({ story }: { story: Story }): ComponentChildren {
  const last = story.steps[story.steps.length - 1];
  const answer = story.answer;
  switch (story.stage) {
    case 'open':
      return <><Tag tone="warn">Open</Tag> No challenger was fitted since.</>;
    case 'lost':
      return <><Tag tone="warn">Open</Tag> No challenger was good enough yet. {last?.text}</>;
    case 'proposed':
      return <><Tag tone="warn">Waits for a person</Tag> A challenger passed, and is proposed.</>;
    case 'shadow':
    case 'canary':
      return <><Tag tone="info">On its way</Tag> A challenger passed. {last?.text}</>;
    case 'resolved':
      return <>{last?.text}</>;
    case 'taken-back':
      return answer ? <>Model <code>{short(answer.model)}</code> took over on <Day at={answer.from} />, and was taken back{answer.until && <> on <Day at={answer.until} /></>}.</> : null;
    case 'serves':
      return answer ? (
        <>
          Model <code>{short(answer.model)}</code> {answer.later > 0 ? 'took over on' : 'serves since'} <Day at={answer.from} />
          {answer.later > 0 && <>, and {answer.later === 1 ? 'one more' : `${answer.later} more`} after it</>}.
        </>
      ) : null;
  }
}

function Money({ story, currency }: { story: Story; currency: string }): ComponentChildren {
  const { saved, answer } = story;
  if (!answer) {
    return null;
  }
  if (!saved) {
    return story.matures_at ? <>What that saves is known from <Day at={story.matures_at} /> on.</> : null;
  }
  return (
    <>
      From then until <Time at={saved.until} form="day" only="viewer" /> it saved {money(saved.learning.value, currency)}{within(saved.learning, currency)}:{' '}
      <strong>{more(saved, currency)}</strong> than the first model, frozen, would have.
    </>
  );
}

function within(of: Ranged, currency: string): ComponentChildren {
  return of.low === undefined ? null : <> <span class="nowrap">[{interval(of.low, of.high, (value) => money(value, currency))}]</span></>;
}

const TONES: Record<string, Tone> = {
  missed: 'warn', alarm: 'bad', held: 'plain', passed: 'good', proposed: 'warn', shadow: 'info', canary: 'info', withdrawn: 'warn',
  serves: 'good', later: 'good', 'taken-back': 'bad', resolved: 'plain',
};

const WHAT: Record<string, string> = {
  missed: 'more is missed', alarm: 'alarm', held: 'held back', passed: 'passed', proposed: 'proposed', shadow: 'in shadow', canary: 'canary',
  withdrawn: 'withdrawn', serves: 'serves', later: 'later', 'taken-back': 'taken back', resolved: 'over',
};

/** What the tags of steps mean. */
const MEANS: Record<string, string> = {
  missed: 'frauds that no alert stopped', alarm: 'a person should look', held: 'a challenger was not better by enough, and went no further',
  passed: 'a challenger was better by enough on payments that neither had seen', proposed: 'it waits for a person’s word',
  shadow: 'it scores beside who serves, and answers nothing', canary: 'it answers for a share of the entities', withdrawn: 'it was taken off its way',
  serves: 'it answers for all', later: 'others took over after it', 'taken-back': 'who served before it serves again', resolved: 'a person said so',
};

/** A story step by step. */
export function Steps({ story, after = [] }: { story: Story; after?: readonly string[] }) {
  const steps = story.steps.filter((step) => !after.includes(step.what));
  return (
    <>
      <ol class="entries story-steps">
        {steps.map((step, index) => (
          <li key={index}>
            <Time at={step.at} /> <Tag tone={TONES[step.what] ?? 'plain'} title={MEANS[step.what] ?? ''}>{WHAT[step.what] ?? step.what}</Tag>{' '}
            {step.model && <><a class="version" href={to('model', step.model)}><code>{short(step.model)}</code></a>{' '}</>}
            <span class="break"><Told text={step.text} /></span>
          </li>
        ))}
      </ol>
      <details class="meanings">
        <summary>What these words mean</summary>
        <dl class="pairs">
          {[...new Set(steps.map((step) => step.what))].map((what) => [<dt key={what}>{WHAT[what] ?? what}</dt>, <dd key={what + ' is'}>{MEANS[what]}</dd>])}
        </dl>
      </details>
    </>
  );
}
