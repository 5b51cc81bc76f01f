"use client";

import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { useCallback, useTransition } from "react";
import { changeSearch, type SearchChange } from "./core/search-text.ts";

/**
 * The view lives in the address. `change` writes it; `pending` is true until the server has answered with the new view.
 * A step that Back should undo is pushed; walking through rows replaces.
 */
export function useSearchState() {
  const router = useRouter();
  const path = usePathname();
  const search = useSearchParams();
  const [pending, startTransition] = useTransition();

  const change = useCallback(
    (next: SearchChange, how: "push" | "replace" = "push") => {
      startTransition(() => router[how](path + changeSearch(search.toString(), next), { scroll: false }));
    },
    [router, path, search],
  );
  return { search, path, change, pending };
}
