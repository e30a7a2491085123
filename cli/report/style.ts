/** The style of a report: light and dark by the reader's system, one column on a phone, ink-saving on paper. */
export const style = `
:root {
  color-scheme: light dark;
  --ground: #ffffff; --panel: #f6f7f9; --line: #d8dce2; --ink: #1c2430; --soft: #5b6675;
  --good: #1a7f4b; --bad: #c0342b; --warn: #8f5a00; --note: #38648f;
  --good-ground: #e8f6ee; --bad-ground: #fdecea; --warn-ground: #fdf3dd; --note-ground: #eaf2fb;
  --one: #2b6cb0; --two: #b0562b; --three: #6b4fa0; --four: #2f8577; --five: #8a7a1f; --six: #7a8592;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #12161c; --panel: #1a2029; --line: #333c49; --ink: #e4e8ee; --soft: #9aa6b5;
    --good: #5ccb8f; --bad: #ff8a80; --warn: #f0b955; --note: #8fbdf0;
    --good-ground: #15291f; --bad-ground: #321a19; --warn-ground: #2d2411; --note-ground: #172536;
    --one: #63a4ea; --two: #e89263; --three: #a98be0; --four: #5fc2b0; --five: #cdbb55; --six: #8d99a8;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", Arial, sans-serif; }
main { max-width: 56rem; margin: 0 auto; padding: 2rem 1.25rem 3rem; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0; overflow-wrap: anywhere; }
h2 { font-size: 1.1rem; margin: 2.25rem 0 .6rem; padding-bottom: .3rem; border-bottom: 1px solid var(--line); }
h3 { font-size: 1rem; margin: 0 0 .4rem; overflow-wrap: anywhere; }
p { margin: .35rem 0; overflow-wrap: anywhere; }
code { font: .9em ui-monospace, SFMono-Regular, Consolas, "Liberation Mono", monospace; overflow-wrap: anywhere; }
small, .soft { color: var(--soft); }
ul, ol { margin: 0; padding: 0; list-style: none; }
header .lead { font-size: 1.1rem; margin-top: .4rem; }
header .kicker { display: flex; gap: .75rem; align-items: center; color: var(--soft); font-size: .9rem; margin-bottom: .5rem; }
.state { padding: .1rem .6rem; border-radius: 1rem; font-weight: 600; background: var(--note-ground); color: var(--note); white-space: nowrap; }
.state.good { background: var(--good-ground); color: var(--good); }
.state.bad { background: var(--bad-ground); color: var(--bad); }
.facts { display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; margin: .8rem 0 0; font-size: .9rem; color: var(--soft); }
.facts div { display: flex; gap: .4rem; min-width: 0; }
.facts dt::after { content: ":"; }
.facts dd { margin: 0; color: var(--ink); overflow-wrap: anywhere; }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(9.5rem, 1fr)); gap: .75rem; margin-top: 1.5rem; }
.tile { background: var(--panel); border: 1px solid var(--line); border-radius: .5rem; padding: .7rem .9rem; }
.tile b { display: block; font-size: 1.35rem; line-height: 1.3; font-weight: 600; font-variant-numeric: tabular-nums; }
.tile span { color: var(--soft); font-size: .85rem; }
.changes li { display: flex; gap: .7rem; padding: .3rem .6rem; border-left: 3px solid; margin-bottom: .25rem; background: var(--panel); font-family: ui-monospace, SFMono-Regular, Consolas, "Liberation Mono", monospace; font-size: .9rem; overflow-wrap: anywhere; }
.changes b { width: .7rem; flex: none; }
.changes span { min-width: 0; }
.changes .added { border-color: var(--good); } .changes .added b { color: var(--good); }
.changes .removed { border-color: var(--bad); } .changes .removed b { color: var(--bad); }
.changes .changed { border-color: var(--note); } .changes .changed b { color: var(--note); }
.why { margin-top: .8rem; }
.reasons li { padding-left: 1rem; text-indent: -1rem; } .reasons li::before { content: "– "; color: var(--soft); display: inline-block; width: 1rem; text-indent: 0; }
.steps { display: flex; flex-wrap: wrap; gap: .5rem; counter-reset: step; }
.steps li { counter-increment: step; background: var(--panel); border: 1px solid var(--line); border-radius: .4rem; padding: .25rem .7rem .25rem .5rem; }
.steps li::before { content: counter(step); color: var(--soft); margin-right: .5rem; font-size: .85rem; }
.findings li { border: 1px solid var(--line); border-left: 4px solid; border-radius: .4rem; padding: .4rem .9rem; margin-bottom: .5rem; break-inside: avoid; }
.findings .error { border-left-color: var(--bad); } .findings .error .badge { color: var(--bad); }
.findings .warning { border-left-color: var(--warn); } .findings .warning .badge { color: var(--warn); }
.findings .note { border-left-color: var(--note); } .findings .note .badge { color: var(--note); }
.fix { color: var(--soft); }
.hash { display: block; padding: .5rem .7rem; background: var(--panel); border: 1px solid var(--line); border-radius: .4rem; }
header + .result { margin-top: 1.25rem; }
.result { padding: .6rem .9rem; border-radius: .4rem; background: var(--panel); border: 1px solid var(--line); }
.result.good { background: var(--good-ground); border-color: var(--good); }
.result.bad { white-space: pre-line; background: var(--bad-ground); border-color: var(--bad); }
.lane { display: grid; grid-template-columns: 11rem 1fr 6rem; gap: .75rem; align-items: center; padding: .2rem 0; font-size: .92rem; }
.track { position: relative; height: 1.1rem; background: var(--panel); border-radius: .25rem; }
.track i { position: absolute; top: 0; bottom: 0; min-width: 2px; border-radius: .2rem; background: var(--six); }
.track .copy { background: var(--one); } .track .verify { background: var(--two); } .track .index { background: var(--three); }
.track .load { background: var(--five); } .track .cutover { background: var(--four); }
.took { text-align: right; font-variant-numeric: tabular-nums; color: var(--soft); }
.scale .track { background: none; display: flex; justify-content: space-between; border-top: 1px solid var(--line); height: auto; border-radius: 0; }
.plot { margin: 0; break-inside: avoid; }
.plot svg { display: block; width: 100%; height: auto; }
.plot .narrow { display: none; }
.plot .grid { stroke: var(--line); stroke-width: 1; opacity: .7; }
.plot .axis { stroke: var(--soft); stroke-width: 1; }
.plot .tick { fill: var(--soft); font-size: 11.5px; font-variant-numeric: tabular-nums; }
.plot .title { fill: var(--ink); font-size: 12.5px; font-weight: 600; }
.plot .curve { fill: none; stroke-width: 2; stroke-linejoin: round; }
.plot .area { opacity: .12; }
.plot .bar { opacity: .75; }
.plot .curve.copied { stroke: var(--one); } .plot .area.copied, .plot .bar.copied { fill: var(--one); }
.plot .curve.compared { stroke: var(--two); } .plot .area.compared, .plot .bar.compared { fill: var(--two); }
.plot figcaption { display: flex; gap: 1.25rem; font-size: .85rem; color: var(--soft); padding-left: 3.2rem; }
.key::before { content: ""; display: inline-block; width: .9rem; height: .25rem; border-radius: .2rem; margin-right: .4rem; vertical-align: middle; background: var(--one); }
.key.compared::before { background: var(--two); }
.log li { display: grid; grid-template-columns: 4rem 1fr; gap: .75rem; padding: .15rem 0; font-size: .9rem; }
.log time { color: var(--soft); text-align: right; font-variant-numeric: tabular-nums; }
.log span { min-width: 0; overflow-wrap: anywhere; white-space: pre-line; }
.log .warning b { color: var(--warn); }
.card { border: 1px solid var(--line); border-radius: .5rem; padding: .8rem 1rem; margin-bottom: .75rem; break-inside: avoid; }
.card .facts { margin-top: .3rem; }
.card progress { width: 100%; height: .7rem; accent-color: var(--one); }
footer { margin-top: 2.5rem; padding-top: .6rem; border-top: 1px solid var(--line); color: var(--soft); font-size: .85rem; }
@media (max-width: 40rem) {
  main { padding: 1.25rem 1rem 2rem; }
  h1 { font-size: 1.35rem; }
  .tiles { grid-template-columns: 1fr 1fr; }
  .lane { grid-template-columns: 1fr auto; gap: .1rem .5rem; padding: .35rem 0; }
  .lane .track { grid-column: 1 / -1; grid-row: 2; }
  .log li { grid-template-columns: 3rem 1fr; gap: .6rem; }
  .plot .wide { display: none; } .plot .narrow { display: block; }
  .plot figcaption { padding-left: 0; }
}
@media print {
  :root { --ground: #fff; --panel: #fff; --line: #bbb; --ink: #000; --soft: #444; --good: #14653b; --bad: #9d261f; --warn: #704700; --note: #2b4f73;
    --good-ground: #fff; --bad-ground: #fff; --warn-ground: #fff; --note-ground: #fff; --one: #2b6cb0; --two: #b0562b; --three: #6b4fa0; --four: #2f8577; --five: #8a7a1f; --six: #7a8592; }
  @page { margin: 16mm; }
  body { font-size: 10.5pt; }
  main { max-width: none; padding: 0; }
  .track, .track i, .key::before, .bar, .area { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  h2 { break-after: avoid; }
  .tiles { grid-template-columns: repeat(5, 1fr); }
  .tile b { font-size: 1.1rem; }
  .state { border: 1px solid; }
  .tile, .lane, .changes li { break-inside: avoid; }
}
`;
