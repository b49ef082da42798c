import { m } from "@/paraglide/messages";
import { apiRoot, callHeaders, failure } from "./client";
import { ApiError } from "./error";
import type { Upload } from "./types/data";

/** An upload under way: its outcome, and the way to stop it. */
export interface RunningUpload {
  done: Promise<Upload>;
  cancel: () => void;
}

/**
 * Sends a file as it is. XMLHttpRequest, because fetch reports no upload progress. A cancelled upload rejects with the
 * code "cancelled" and leaves nothing on the server.
 */
export function uploadFile(file: File, onProgress: (sent: number, total: number) => void): RunningUpload {
  const request = new XMLHttpRequest();
  const done = new Promise<Upload>((resolve, reject) => {
    request.open("POST", `${apiRoot}/uploads?name=${encodeURIComponent(file.name)}`);
    for (const [name, value] of Object.entries(callHeaders())) request.setRequestHeader(name, value);
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.responseType = "json";
    request.upload.onprogress = (event) => onProgress(event.loaded, event.total || file.size);
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) resolve(request.response as Upload);
      else reject(failure(request.status, request.response));
    };
    request.onerror = () => reject(lost());
    request.onabort = () => reject(new ApiError(0, { code: "cancelled", text: m.kit_cancelled() }));
    request.send(file);
  });
  return { done, cancel: () => request.abort() };
}

function lost(): ApiError {
  return new ApiError(0, { code: "network", text: m.kit_error_network(), hint: m.kit_error_network_hint() });
}
