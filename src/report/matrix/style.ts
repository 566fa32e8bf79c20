/** Of `matrix.html`. Colours are pairs for light and dark, each with a contrast of at least 4.5 on its ground. */
export const style = `
:root{color-scheme:light dark;--ground:#fff;--text:#1b1f24;--soft:#57606a;--line:#d0d7de;--head:#f6f8fa;
--good:#116329;--bad:#a40e26;--bad-ground:#ffebe9;--open:#7d4e00;--open-ground:#fff8c5}
@media (prefers-color-scheme:dark){:root{--ground:#0d1117;--text:#e6edf3;--soft:#9da7b1;--line:#30363d;--head:#161b22;
--good:#56d364;--bad:#ffa198;--bad-ground:#490202;--open:#f2cc60;--open-ground:#3d2e00}}
*{box-sizing:border-box}
body{margin:0;padding:1rem;background:var(--ground);color:var(--text);font:15px/1.5 system-ui,sans-serif}
h1{font-size:1.35rem;margin:0 0 .25rem}h2{font-size:1.1rem;margin:1.5rem 0 .5rem}
p,ul{margin:.25rem 0}a{color:inherit}code{font:.9em ui-monospace,monospace}
.soft{color:var(--soft)}
.passed{color:var(--good)}.failed,.error{color:var(--bad)}.inconclusive,.not-run{color:var(--open)}
.scroll{overflow:auto;max-height:85vh;border:1px solid var(--line)}
.scroll:focus-visible,a:focus-visible{outline:2px solid currentColor;outline-offset:2px}
table{border-collapse:separate;border-spacing:0;font-size:.85rem}
th,td{padding:.15rem .4rem;border-bottom:1px solid var(--line);text-align:left;vertical-align:top}
thead th{position:sticky;background:var(--head);z-index:2}
.grid thead th{top:0;vertical-align:bottom}
.grid thead .suite{white-space:nowrap;border-left:1px solid var(--line)}.grid .total{border-left:1px solid var(--line)}
.grid thead th[data-level]{font-weight:500}
.grid thead th[data-level] span{writing-mode:vertical-rl;transform:rotate(180deg);white-space:nowrap}
.grid details{font-weight:400}.grid summary{cursor:pointer}
.filters{display:flex;flex-wrap:wrap;gap:.5rem;margin:0 0 .5rem}
.filters fieldset{border:1px solid var(--line);padding:.15rem .5rem}.filters label{margin-right:.6rem;white-space:nowrap}
@media (max-width:480px){.grid .name{min-width:5.5rem;max-width:8rem}.filters label{display:block}
.list thead{display:none}.list,.list tbody,.list tr,.list td,.list tbody th{display:block}.list tr{padding:.4rem 0;border-bottom:1px solid var(--line)}.list td,.list th{border:0}}
.grid .name{position:sticky;left:0;background:var(--head);z-index:1;min-width:7rem;max-width:16rem;overflow-wrap:anywhere}
.grid thead .name{z-index:3}
.grid td{white-space:nowrap}
.grid td.failed,.grid td.error{background:var(--bad-ground)}.grid td.not-run{background:var(--open-ground)}
.list{border:1px solid var(--line);border-bottom:0}.list tbody th,.list td:last-child{overflow-wrap:anywhere}.list th .soft{font-weight:400}
.list summary{cursor:pointer}.cause{font-weight:600}.cause::first-letter{text-transform:uppercase}.cause{display:inline-block}
@page{size:landscape}
@media print{.filters{display:none}.scroll{max-height:none;overflow:visible;border:0}.grid .name,thead th{position:static}}
`;
