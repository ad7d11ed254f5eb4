import type { FeatureModule } from '@/shared/module'

const feature = 'learning'
const sub = { feature, keepScroll: true }

export const module: FeatureModule = {
  name: 'learning',
  feature,
  menu: { label: 'layout.learning', to: '/learning', order: 32 },
  routes: [
    {
      path: '/learning',
      component: () => import('./LearningPage.vue'),
      meta: { feature },
      children: [
        { path: '', name: 'learning', component: () => import('./models/ModelsTab.vue'), meta: { ...sub, title: 'learning.title' } },
        { path: 'advice', name: 'learning-advice', component: () => import('./advice/AdviceTab.vue'), meta: { ...sub, title: 'learning.tab.learning-advice' } },
        { path: 'panels', name: 'learning-panels', component: () => import('./panels/PanelsTab.vue'), meta: { ...sub, title: 'learning.tab.learning-panels' } },
      ],
    },
    { path: '/learning/panels/:round', name: 'panel', component: () => import('./panels/PanelPage.vue'), meta: { feature, title: 'learning.panels.title' } },
    { path: '/learning/scorecards/:id', name: 'learned-scorecard', component: () => import('./card/CardPage.vue'), meta: { feature, title: 'learning.card.title' } },
  ],
}
