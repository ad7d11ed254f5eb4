import type { RulebookDocument, RuleRow } from '../api/types'

export interface RuleNode extends RuleRow { children: RuleNode[] }

/** Rows of a rulebook hung under one another, in the order of the document. */
export function ruleTree(rows: RuleRow[]): RuleNode[] {
  const nodes = new Map(rows.map((row) => [row.id, { ...row, children: [] as RuleNode[] }]))
  const roots: RuleNode[] = []
  for (const node of nodes.values()) (node.parent ? nodes.get(node.parent)?.children ?? roots : roots).push(node)
  return roots
}

/** A gate or a clause names no points; a part does. */
export const isPart = (node: RuleRow): boolean => node.max !== null

export interface RuleSection { id: 'scope' | 'criteria' | 'score' | 'tiers' | 'vetoes' | 'sizes' | 'effort'; nodes: RuleNode[] }

/** The chapters of a rulebook; one that it does not have is left out. */
export function sectionsOf(document: RulebookDocument): RuleSection[] {
  const roots = ruleTree(document.rows)
  const isCard = document.max !== null
  const nodesOf = (test: (node: RuleNode) => boolean) => roots.filter(test)
  const found: RuleSection[] = [
    { id: 'scope', nodes: nodesOf((node) => !isCard && node.id === 'scope') },
    { id: 'criteria', nodes: nodesOf((node) => !isCard && node.id !== 'scope') },
    { id: 'score', nodes: nodesOf((node) => isCard && node.id === 'score').flatMap((node) => node.children) },
    { id: 'tiers', nodes: nodesOf((node) => node.kind === 'tier') },
    { id: 'vetoes', nodes: nodesOf((node) => isCard && node.id === 'vetoes').flatMap((node) => node.children) },
  ]
  const kept = found.filter((section) => section.nodes.length)
  if (document.sizes.length) kept.push({ id: 'sizes', nodes: [] })
  return document.effort ? [...kept, { id: 'effort', nodes: [] }] : kept
}
