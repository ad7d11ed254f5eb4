import type { FeatureModule } from '@/shared/module'

const feature = 'workshop'
const sub = { feature, keepScroll: true }

export const module: FeatureModule = {
  name: 'workshop',
  feature,
  menu: { label: 'layout.workshop', to: '/workshop', order: 30 },
  routes: [
    { path: '/workshop', name: 'workshop', component: () => import('./WorkshopPage.vue'), meta: { feature, title: 'workshop.title' } },
    { path: '/workshop/rulebooks/:id', name: 'workshop-rulebook', component: () => import('./PublishedPage.vue'), meta: { feature, title: 'workshop.title' } },
    { path: '/workshop/compare', name: 'workshop-compare', component: () => import('./ComparePage.vue'), meta: { feature, title: 'workshop.compare.title' } },
    {
      path: '/workshop/drafts/:id',
      component: () => import('./draft/DraftPage.vue'),
      meta: { feature },
      children: [
        { path: '', name: 'draft', component: () => import('./draft/EditTab.vue'), meta: { ...sub, title: 'workshop.tab.edit' } },
        { path: 'impact', name: 'draft-impact', component: () => import('./impact/ImpactTab.vue'), meta: { ...sub, title: 'workshop.tab.impact' } },
        { path: 'weights', name: 'draft-weights', component: () => import('./weights/WeightsTab.vue'), meta: { ...sub, title: 'workshop.tab.weights' } },
        { path: 'approval', name: 'draft-approval', component: () => import('./draft/ApprovalTab.vue'), meta: { ...sub, title: 'workshop.tab.approval' } },
      ],
    },
  ],
}
