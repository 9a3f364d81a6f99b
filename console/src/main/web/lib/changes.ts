/** Words for what was done to a factory, as `/v1/history` names it. */
const MEANINGS: Record<string, string> = {
  trained: 'a model was fitted',
  passed: 'a challenger was better than who served, by enough',
  held: 'a challenger was not better by enough, and goes no further',
  skipped: 'nothing was trained, for the reason that stands there',
  alarm: 'an alarm was raised',
  haste: 'after an alarm challengers come more often than planned',
  settled: 'what an alarm was about is as usual again',
  estimate: 'what a week should turn out to be worth, by its scores alone, before any outcome is known',
  watched: 'who serves was held against its predecessor as outcomes came in, and goes on',
  worse: 'who serves was found to be worse than its predecessor',
  breach: 'a model was taken back',
  shadow: 'a model scores beside who serves, and answers nothing',
  canary: 'a model answers for a share of the entities',
  promoted: 'a model serves from then on',
  proposed: 'a model waits for a person’s word',
  withdrawn: 'a model was taken off its way to serve',
  rejected: 'a person said no to a model',
  override: 'a person decided otherwise than the factory’s own checks',
  frozen: 'a person stopped the flywheel: nothing is trained or promoted',
  resumed: 'a person let the flywheel go on',
  complete: 'a person said that days with few outcomes are complete',
  features: 'which features there are has changed, or caught up',
  policies: 'costs or alerts a day changed',
  'policy-proposed': 'a person proposed other costs or alerts a day',
  'policy-rejected': 'what was proposed of costs or alerts a day was rejected',
  mended: 'a person mended a refused row',
  replayed: 'refused rows were held against their contract again',
  acknowledged: 'a person looks after an alarm',
  silenced: 'nobody is told of an alarm for a while',
  resolved: 'a person said that an alarm is over',
};

/** What a kind of change means; empty for one that is not known. */
export function meaningOf(what: string): string {
  return MEANINGS[what] ?? '';
}

/** Words and moments of a text: what lies at odd places is a moment, `2018-04-23T00:03:37Z`. */
export function moments(text: string): string[] {
  return text.split(/(\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?Z)/);
}
