import type { Clause } from '../api/types'

/** `lit` holds; `spare` is another way that is not needed; `outside` does not apply; `open` is what still stands in the way. */
export type PathRole = 'lit' | 'spare' | 'outside' | 'open'
export interface ClauseNode extends Clause {
  children: ClauseNode[]
  role: PathRole
  /** Of a clause that asks for any one: those that were met. */
  via: string[]
}

/** Rows name their parent; a row whose parent is not among them stands at the top, so that nothing is lost. */
export function clauseTree(rows: Clause[]): ClauseNode[] {
  const nodes = new Map(rows.map((row) => [row.id, { ...row, children: [] as ClauseNode[], role: 'open' as PathRole, via: [] as string[] }]))
  const roots: ClauseNode[] = []
  for (const node of nodes.values()) {
    const parent = node.parent && node.parent !== node.id ? nodes.get(node.parent) : undefined
    ;(parent?.children ?? roots).push(node)
  }
  lightPath(roots)
  return roots
}

/** Lights the path that applied: where any one is enough and one is met, the others are spare, with all below them. */
function lightPath(nodes: ClauseNode[], above?: ClauseNode): void {
  for (const node of nodes) {
    const isSpare = above?.role === 'spare' || (above?.kind === 'any' && above.outcome === 'met' && node.outcome !== 'met')
    node.role = isSpare ? 'spare' : node.outcome === 'met' ? 'lit' : node.outcome === 'not_applicable' ? 'outside' : 'open'
    if (node.kind === 'any' && node.outcome === 'met') node.via = node.children.filter((child) => child.outcome === 'met').map((child) => child.title || child.id)
    lightPath(node.children, node)
  }
}

export const leaves = (nodes: ClauseNode[]): ClauseNode[] =>
  nodes.flatMap((node) => (node.children.length ? leaves(node.children) : [node]))

export function countOutcomes(rows: Clause[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const leaf of leaves(clauseTree(rows))) counts[leaf.outcome] = (counts[leaf.outcome] ?? 0) + 1
  return counts
}
