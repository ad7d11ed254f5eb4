import type { FeatureModule } from '@/shared/module'

const open = true

export const module: FeatureModule = {
  name: 'session',
  routes: [
    { path: '/login', name: 'login', component: () => import('./LoginPage.vue'), meta: { open, title: 'login.title' } },
    { path: '/login/code', name: 'login-code', component: () => import('./CodeLoginPage.vue'), meta: { open, title: 'auth.byCode.title' } },
    { path: '/login/second', name: 'login-second', component: () => import('./SecondStepPage.vue'), meta: { open, title: 'auth.second.title' } },
    { path: '/signup', name: 'signup', component: () => import('./SignUpPage.vue'), meta: { open, title: 'auth.signUp.title' } },
    { path: '/verify-email', name: 'verify-email', component: () => import('./VerifyEmailPage.vue'), meta: { open, title: 'auth.verify.title' } },
    { path: '/forgot', name: 'forgot', component: () => import('./ForgotPage.vue'), meta: { open, title: 'auth.forgot.title' } },
    { path: '/choose', name: 'choose', component: () => import('./ChoosePage.vue'), meta: { title: 'auth.choose.title' } },
    { path: '/dev/outbox', name: 'outbox', component: () => import('./OutboxPage.vue'), meta: { open, title: 'auth.outbox.title' } },
  ],
}
