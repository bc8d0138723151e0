// The pages around the cases, in one file that loads when the first of them is shown.

export { AboutPage } from './about/AboutPage';
export { ExamplePage } from './examples/ExamplePage';
export { StartPage } from './start/StartPage';
