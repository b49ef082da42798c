import { fileURLToPath, URL } from "node:url";
import { paraglideVitePlugin } from "@inlang/paraglide-js";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

// The Go server puts the nonce of each answer in place of this word; see index.html.
const nonce = "__NONCE__";

// Where `npm run dev` finds the running server.
const server = process.env.LOTSE_SERVER ?? "http://127.0.0.1:8080";

export default defineConfig({
	plugins: [
		paraglideVitePlugin({
			project: "./project.inlang",
			outdir: "./src/paraglide",
			strategy: ["localStorage", "baseLocale"],
			localStorageKey: "lotse-lang",
			// The same in dev and build, since tsc and a running dev server share the folder.
			outputStructure: "message-modules",
			emitGitIgnore: false,
			emitReadme: false,
		}),
		react(),
	],
	resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
	html: { cspNonce: nonce },
	server: { proxy: { "/api": { target: server, changeOrigin: false } } },
	build: {
		target: "es2022",
		// Everything is a file of its own, since data: addresses are not in the content security policy.
		assetsInlineLimit: 0,
		rolldownOptions: {
			output: {
				codeSplitting: {
					groups: [
						{
							name: "react",
							test: /node_modules\/(react|react-dom|scheduler|tslib|@tanstack\/(react-router|router-core|history|react-store|store|react-query|query-core))\//,
						},
						{ name: "echarts", test: /node_modules\/(echarts|zrender)\// },
						{ name: "table", test: /node_modules\/@tanstack\/(react-table|table-core|react-virtual|virtual-core)\// },
						{ name: "messages", test: /src\/paraglide\/(messages\/(shell|kit)_|runtime|registry)/ },
					],
				},
			},
		},
	},
	test: {
		environment: "jsdom",
		setupFiles: ["./src/test/setup.ts"],
		include: ["src/**/*.test.{ts,tsx}"],
		css: { modules: { classNameStrategy: "non-scoped" } },
	},
});
