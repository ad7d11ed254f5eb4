import type { Clause } from '../api/types'

export interface ClauseNode extends Clause { children: ClauseNode[] }

/** Rows name their parent; a row whose parent is not among them stands at the top, so that nothing is lost. */
export function clauseTree(rows: Clause[]): ClauseNode[] {
  const nodes = new Map(rows.map((row) => [row.id, { ...row, children: [] as ClauseNode[] }]))
  const roots: ClauseNode[] = []
  for (const node of nodes.values()) {
    const parent = node.parent && node.parent !== node.id ? nodes.get(node.parent) : undefined
    ;(parent?.children ?? roots).push(node)
  }
  return roots
}

export const leaves = (nodes: ClauseNode[]): ClauseNode[] =>
  nodes.flatMap((node) => (node.children.length ? leaves(node.children) : [node]))

export function countOutcomes(rows: Clause[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const leaf of leaves(clauseTree(rows))) counts[leaf.outcome] = (counts[leaf.outcome] ?? 0) + 1
  return counts
}
