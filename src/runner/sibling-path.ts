/** A path beside the given one that no receiver serves: the last segment is replaced, the query kept. */
export function siblingPath(path: string, random: string): string {
  const [pathname = "/", ...query] = path.split("?");
  const parent = pathname.slice(0, pathname.replace(/\/+$/, "").lastIndexOf("/") + 1) || "/";
  return [`${parent}no-such-path-${random}`, ...query].join("?");
}
