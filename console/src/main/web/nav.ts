import type { ComponentType } from 'preact';
import { data } from './pages/data';
import { decisions } from './pages/decisions';
import { learning } from './pages/learning';
import { line } from './pages/line';
import { model } from './pages/model';
import { onCall } from './pages/oncall';
import { workQueue } from './pages/work';
import { sql } from './pages/sql';

/** A page of the console: a file in pages/, and its line in the list below. */
export interface Page {
  /** In the address: `#/decisions`; empty for the first page. */
  path: string;
  /** In the navigation. */
  title: string;
  /** Draws it; gets what follows the page in the address. */
  View: ComponentType<{ rest: string[] }>;
  /** Pages that are reached from another one only, such as that of one model, are not in the navigation. */
  hidden?: boolean;
}

/** In the order of the navigation: Line, Decisions, Work queue, Learning, Data, On call, SQL. */
export const pages: readonly Page[] = [
  line,
  decisions,
  workQueue,
  learning,
  model,
  data,
  onCall,
  sql,
];
