// What the browser tests ask of a page; put into it before each look.
window.looks = (() => {
  const all = () => [...document.body.querySelectorAll('*')]
  const name = (el) => `${el.tagName.toLowerCase()}.${el.className}: ${el.textContent.trim().slice(0, 30)}`
  const scrolls = (el) => el && (getComputedStyle(el).overflowX !== 'visible' || scrolls(el.parentElement))
  const hides = (overflow) => ['hidden', 'clip'].includes(overflow)

  /** Elements that make the whole page scroll sideways. */
  function sticksOut() {
    const width = document.documentElement.clientWidth
    if (document.documentElement.scrollWidth <= width) return []
    const found = all().filter((el) => el.getBoundingClientRect().right > width + 1 && !scrolls(el.parentElement))
    return found.length ? found.slice(0, 5).map(name) : ['the page']
  }

  /** Elements that hide part of their own text, but for what only a screen reader gets and abstracts that open. */
  function cut() {
    const exempt = (el) => el instanceof SVGElement || !el.textContent.trim() || el.closest('.sr-only, summary .brief')
    return all().filter((el) => {
      if (exempt(el)) return false
      const { overflowX, overflowY } = getComputedStyle(el)
      const wide = hides(overflowX) && el.scrollWidth > el.clientWidth + 1
      return wide || (hides(overflowY) && el.scrollHeight > el.clientHeight + 1)
    }).map(name)
  }

  /** Names that are the same in Chinese: a statistic's Greek letter, a program everybody knows by it. */
  const TERMS = ['kappa', 'Excel']

  /** A key of a sentence that is in no locale, shown as itself. */
  const KEY = /(?<![\w/@.-])[a-z]\w+(\.[a-z]\w+){2,}(?<!\.(cn|com|org))(?![\w/@-]|\.\w)/g

  /** Latin words in the running text; codes, addresses and names of files are left out. */
  function english() {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    const found = new Set()
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (node.parentElement.closest('script, style, noscript, .mono, kbd, q, [lang=en]')) continue
      for (const [key] of node.data.matchAll(KEY)) found.add(key)
      for (const [word] of node.data.matchAll(/(?<![\w/.-])[A-Za-z]?[a-z]{2,}(?![\w/.-])/g)) if (!TERMS.includes(word)) found.add(word)
    }
    return [...found]
  }

  /** What a screen reader stumbles over: no heading of the page or several, levels left out, fields and tables without a name. */
  function outline() {
    const seen = (selector) => [...document.querySelectorAll(selector)].filter((el) => el.checkVisibility({ checkVisibilityCSS: true }))
    const named = (el) => el.labels?.length || el.ariaLabel || el.getAttribute('aria-labelledby') || el.caption
    const headings = seen('h1, h2, h3, h4, h5, h6')
    const level = (el) => Number(el?.tagName[1] ?? 0)
    const found = headings.filter((el, at) => level(el) > level(headings[at - 1]) + 1).map((el) => `level left out: ${name(el)}`)
    for (const part of ['h1', 'main']) if (seen(part).length !== 1) found.push(`${seen(part).length} ${part}`)
    const nameless = [...document.querySelectorAll('input:not([type=hidden]), select, textarea, table')].filter((el) => !named(el) && !el.closest('[aria-hidden=true]'))
    return [...found, ...nameless.slice(0, 5).map((el) => `no name: ${name(el)}`)]
  }

  /** Serious and critical findings of axe. */
  async function axe() {
    const { violations } = await window.axe.run(document, { resultTypes: ['violations'] })
    return violations
      .filter((one) => ['serious', 'critical'].includes(one.impact))
      .flatMap(({ id, nodes }) => nodes.slice(0, 3).map((node) => `${id}: ${node.target.join(' ')} ${node.failureSummary}`))
  }

  return { sticksOut, cut, english, outline, axe }
})()
