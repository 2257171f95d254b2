/** placeholder */
export function Inspector() {
  return <aside />;
}
