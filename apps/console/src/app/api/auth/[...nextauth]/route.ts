import NextAuth from "next-auth";
import { authOptions } from "#server/auth.ts";

type Context = { params: Promise<{ nextauth: string[] }> };

async function answer(request: Request, context: Context): Promise<Response> {
  // next-auth takes App Router requests at run time; its types know only the older pages.
  return NextAuth(request as never, context as never, await authOptions(request.headers));
}

export { answer as GET, answer as POST };
