export function ExamplePage({ id }: { readonly id: string }) {
  return <main>{id}</main>;
}
