export default {
  title: 'Course',
  // In the head, because a script in a page of Markdown is taken for one of Vue's. It never runs on the server.
  head: [
    ['link', { rel: 'icon', href: 'data:,' }],
    ['script', { type: 'module', src: '/lab/gradient-flow.js' }],
    ['script', { src: '/lab/frames.js', async: '' }],
  ],
  vue: { template: { compilerOptions: { isCustomElement: (tag) => tag === 'gradient-flow' } } },
};
