import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import en from '@/shared/locales/en'
import zh from '@/shared/locales/zh-CN'

type Tree = { [key: string]: string | Tree }

const leaves = (tree: Tree, at = ''): [string, string][] =>
  Object.entries(tree).flatMap(([key, value]) => (typeof value === 'string' ? [[`${at}${key}`, value] as [string, string]] : leaves(value, `${at}${key}.`)))

const chinese = new Map(leaves(zh as Tree))
const english = new Map(leaves(en as Tree))
const slots = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map((hit) => hit[1]!).sort()

const sources = (folder: string): string[] =>
  readdirSync(folder).flatMap((name) => {
    const path = join(folder, name)
    if (statSync(path).isDirectory()) return name === 'locales' ? [] : sources(path)
    return /\.(vue|ts)$/.test(name) && !name.endsWith('.d.ts') ? [path] : []
  })

describe('locales', () => {
  it('have every Chinese key in English too', () => {
    expect([...chinese.keys()].filter((key) => !english.has(key))).toEqual([])
  })

  it('have every English key in Chinese too', () => {
    expect([...english.keys()].filter((key) => !chinese.has(key))).toEqual([])
  })

  it('fill the same slots in both languages', () => {
    expect([...chinese].filter(([key, text]) => String(slots(text)) !== String(slots(english.get(key) ?? ''))).map(([key]) => key)).toEqual([])
  })

  it('hold every key that the sources ask for by name', () => {
    const asked = sources('src').flatMap((path) => [...readFileSync(path, 'utf8').matchAll(/(?<![\w.])t\('([\w.-]+)'/g)].map((hit) => hit[1]!))
    expect(asked.length).toBeGreaterThan(100)
    expect(asked.filter((key) => !chinese.has(key))).toEqual([])
  })

  it('hold all Chinese text: none stands in the sources', () => {
    const said = sources('src').filter((path) => /['"`>][^'"`<\n]*[\u4e00-\u9fff]{2,}[^'"`<\n]*['"`<]/.test(readFileSync(path, 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*|\/\(.*?\)\$\/u/g, '')))
    expect(said).toEqual([])
  })
})
