/** To a part of the page that folds: it is opened, and the keyboard goes there too. */
export function goTo(id: string): void {
  const part = document.getElementById(id)
  part?.setAttribute('open', '')
  part?.scrollIntoView()
  part?.querySelector('summary')?.focus({ preventScroll: true })
}
