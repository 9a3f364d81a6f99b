import './story.css';
import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import { chapters, placeOfChapter, storyIn, useStories, type Chapter, type Stories, type Story } from '../../lib/story';
import { to } from '../../lib/router';
import { Card, Empty, Read } from '../../ui/parts';
import { factOf, spanOf, titleOf } from './words';

/** On a page that the walk comes through: the whole story above, and what this page has of it. */
export function Walk(props: { rest: readonly string[]; chapter: Chapter; children: (story: Story, stories: Stories) => ComponentChildren }) {
  const which = storyIn(props.rest);
  return which > 0 ? <Told which={which} chapter={props.chapter}>{props.children}</Told> : null;
}

function Told(props: { which: number; chapter: Chapter; children: (story: Story, stories: Stories) => ComponentChildren }) {
  const stories = useStories();
  useEffect(() => window.scrollTo(0, 0), [props.which, props.chapter]);
  return (
    <Read resource={stories} what="what happened">
      {(read) => {
        const story = read.stories.find((one) => one.number === props.which);
        return story ? (
          <div class="stack">
            <Bar story={story} chapter={props.chapter} currency={read.currency} />
            {props.children(story, read)}
          </div>
        ) : (
          <Card><Empty title="There is no such story.">It is too long ago, or of another factory. <a class="version" href={to('')}>Back to the line</a></Empty></Card>
        );
      }}
    </Read>
  );
}

function Bar(props: { story: Story; chapter: Chapter; currency: string }) {
  const { story, chapter, currency } = props;
  const all = chapters(story);
  const at = all.indexOf(chapter);
  const next = all[at + 1];
  return (
    <nav class="walk card" aria-label="What happened, step by step">
      <p class="walk-head">What happened <span class="muted">{at < 0 ? '' : `${at + 1} of ${all.length}`}</span></p>
      <ol>
        {all.map((one) => (
          <li key={one}>
            <a href={to(...placeOfChapter(story, one))} aria-current={one === chapter ? 'step' : undefined}>
              <span class="walk-title">{titleOf(story, one)}</span>
              <span class="walk-fact">{factOf(story, one, currency)}</span>
              <span class="walk-title">{spanOf(story, one)}</span>
            </a>
          </li>
        ))}
      </ol>
      <a class="button primary" href={next ? to(...placeOfChapter(story, next)) : to('')}>
        {next ? `Next: ${lower(titleOf(story, next))}` : 'Back to the line'}
      </a>
    </nav>
  );
}

function lower(title: string): string {
  return title.charAt(0).toLowerCase() + title.slice(1);
}
