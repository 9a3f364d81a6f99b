import type uPlot from 'uplot';
import { GAP, spots, type Spot } from '../lib/spots';
import { colour } from '../lib/theme';

/** A dashed line with a word, such as a threshold: across at y, else down at x. */
export interface Mark {
  x?: number;
  y?: number;
  label: string;
}

/** Draws the lines first, then their labels over all else, on the colour of the page. */
export function drawMarks(plot: uPlot, marks: readonly Mark[]): void {
  if (marks.length === 0) {
    return;
  }
  const { ctx, bbox } = plot;
  ctx.save();
  ctx.font = `${11 * devicePixelRatio}px system-ui, sans-serif`;
  ctx.textAlign = 'left';
  ctx.textBaseline = 'middle';
  marks.forEach((mark) => rule(plot, mark));
  ctx.setLineDash([]);
  const down = marks.filter((mark) => mark.x !== undefined);
  const width = (mark: Mark): number => ctx.measureText(mark.label).width;
  const places = spots(down.map((mark) => ({ at: plot.valToPos(mark.x ?? 0, 'x', true), width: width(mark) })), bbox.left + bbox.width);
  down.forEach((mark, i) => {
    const spot = places[i] as Spot;
    label(ctx, mark.label, spot.from, bbox.top + (8 + 16 * spot.line) * devicePixelRatio);
  });
  marks.filter((mark) => mark.y !== undefined).forEach((mark) => {
    label(ctx, mark.label, bbox.left + GAP, plot.valToPos(mark.y ?? 0, 'y', true) - 9 * devicePixelRatio);
  });
  ctx.restore();
}

function rule(plot: uPlot, mark: Mark): void {
  const { ctx, bbox } = plot;
  ctx.strokeStyle = colour('--muted');
  ctx.setLineDash([3, 3]);
  ctx.beginPath();
  if (mark.x !== undefined) {
    const at = plot.valToPos(mark.x, 'x', true);
    ctx.moveTo(at, bbox.top);
    ctx.lineTo(at, bbox.top + bbox.height);
  } else if (mark.y !== undefined) {
    const at = plot.valToPos(mark.y, 'y', true);
    ctx.moveTo(bbox.left, at);
    ctx.lineTo(bbox.left + bbox.width, at);
  }
  ctx.stroke();
}

function label(ctx: CanvasRenderingContext2D, text: string, x: number, y: number): void {
  const height = 14 * devicePixelRatio;
  ctx.fillStyle = colour('--surface');
  ctx.fillRect(x - 3, y - height / 2, ctx.measureText(text).width + 6, height);
  ctx.fillStyle = colour('--ink');
  ctx.fillText(text, x, y);
}
