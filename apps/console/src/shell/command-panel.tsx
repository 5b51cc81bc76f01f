"use client";
export function CommandPanel() { return null; }
