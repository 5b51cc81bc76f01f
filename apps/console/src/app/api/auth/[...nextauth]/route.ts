import NextAuth from "next-auth";
import { authOptions } from "#server/auth.ts";

type Context = { params: Promise<{ nextauth: string[] }> };

async function answer(request: Request, context: Context): Promise<Response> {
  return NextAuth(request as never, context as never, await authOptions(request.headers));
}

export { answer as GET, answer as POST };
