const BROWSERS: [RegExp, string][] = [
  [/MicroMessenger/, 'WeChat'], [/Edg\//, 'Edge'], [/QQBrowser/, 'QQ Browser'], [/Firefox\//, 'Firefox'], [/Chrome\//, 'Chrome'], [/Safari\//, 'Safari'],
]
const SYSTEMS: [RegExp, string][] = [
  [/HarmonyOS/, 'HarmonyOS'], [/Android/, 'Android'], [/iPhone|iPad/, 'iOS'], [/Windows/, 'Windows'], [/Mac OS/, 'macOS'], [/Linux/, 'Linux'],
]
const first = (agent: string, known: [RegExp, string][]) => known.find(([sign]) => sign.test(agent))?.[1]

/** "Chrome · Windows" out of what a browser says of itself; enough to know one's own again. */
export const browserName = (agent: string): string => [first(agent, BROWSERS), first(agent, SYSTEMS)].filter(Boolean).join(' · ')
