"""Sends requests that schemathesis makes from the OpenAPI description to a demo instance and asks of every answer: no
server error, no answer outside the schema, nothing accepted that the schema forbids.

Two throw-away instances: the first answers all operations but those of LEAVING, which would end the run; the second only
these. The seed is fixed; LOTSE_PEERS_EXAMPLES (requests of each operation and mode), LOTSE_PEERS_MINUTES (most that an
instance is asked; what was not reached by then is counted) and LOTSE_PEERS_SEED set others.
"""

import json
import os
import pathlib
import re
import signal
import subprocess
import sys
import tempfile
import time

LOTSE = sys.argv[1]
TOOL = pathlib.Path(sys.executable).parent / "schemathesis"
EXAMPLES = os.environ.get("LOTSE_PEERS_EXAMPLES", "1")
SEED = os.environ.get("LOTSE_PEERS_SEED", "1")
MINUTES = float(os.environ.get("LOTSE_PEERS_MINUTES", "25"))
TOLD = 30  # seconds between two lines of progress
PASSWORD = "ein langes Kennwort 14"
ROLES = ["admin", "officer", "leader", "controller", "contributor", "member"]

# What ends the session or the account that asks, or empties the instance.
LEAVING = ["session_end", "session_revoke_all", "session_password", "account_update", "account_token", "account_reset", "instance_restart_empty", "instance_become_demo"]

# unsupported_method, ignored_auth: tests of internal/app walk every operation; here both ways of signing in are given at
# once, which the tool takes for a forged one. positive_data_acceptance: references, states and versions that the schema
# cannot say are refused with reason.
CHECKS = ["not_a_server_error", "status_code_conformance", "content_type_conformance", "response_headers_conformance", "response_schema_conformance", "negative_data_rejection"]

# A body that is too large and a version that is not the newest are refusals as well.
CONFIG = """
[checks.negative_data_rejection]
expected-statuses = ["400", "401", "403", "404", "405", "406", "409", "412", "413", "415", "422", "428", "429"]
"""


def lotse(*args, stdin=None):
    done = subprocess.run([LOTSE, *args], input=stdin, capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"lotse {' '.join(args)}: {done.returncode}\n{done.stderr}")
    return done.stdout


class Instance:
    """A demo instance that is served and asked by an account with every role."""

    def __init__(self, folder):
        self.data = str(folder)
        lotse("demo", "--data", self.data, "--scale", "0.1")
        self.log = open(f"{folder}.log", "w+")
        self.server = subprocess.Popen([LOTSE, "serve", "--data", self.data, "--listen", "127.0.0.1:0"], stdout=self.log, stderr=subprocess.STDOUT)
        self.url = self.address()
        mail = "requests@lotse.example"
        lotse("user", "add", mail, "--password-stdin", *[x for r in ROLES for x in ("--role", r)], "--data", self.data, stdin=PASSWORD + "\n")
        self.token = json.loads(lotse("user", "token", mail, "--json", "--data", self.data))["token"]

    def text(self):
        return pathlib.Path(self.log.name).read_text(errors="replace")

    def address(self):
        for _ in range(600):
            ready = re.search(r"msg=ready address=(\S+)", self.text())
            if ready:
                return ready[1]
            if self.server.poll() is not None:
                break
            time.sleep(0.1)
        sys.exit("the server does not get ready:\n" + self.text())

    def ask(self, name, folder, *selection):
        """Runs the tool and says whether it found nothing; what it found stands on standard output."""
        config = folder / "schemathesis.toml"
        config.write_text(CONFIG)
        events = folder / "events.ndjson"
        with open(folder / "found.txt", "w+") as found:
            tool = subprocess.Popen(
                [str(TOOL), "--config-file", str(config), "run", f"{self.url}/api/openapi.json", "--header", f"Authorization: Bearer {self.token}", "--seed", SEED,
                 "--max-examples", EXAMPLES, "--phases", "coverage,fuzzing", "--checks", ",".join(CHECKS), "--no-shrink",
                 "--continue-on-failure", "--generation-database", "none", "--request-timeout", "70", "--warnings", "off", "--no-color",
                 "--report", "ndjson", "--report-ndjson-path", str(events), *selection],
                cwd=folder, stdout=found, stderr=subprocess.STDOUT, preexec_fn=heed)
            whole = self.watch(name, tool, events)
            found.seek(0)
            out = found.read()
        counts = re.findall(r"^.*(?:Tested:|generated,).*$", out, re.M)
        print(f"requests from the description, {name}: " + ", ".join(c.strip() for c in counts), flush=True)
        if tool.returncode != 0:
            print(out[out.find("= FAILURES") :] if "= FAILURES" in out else out[-4000:])
        if not whole:
            print(f"  stopped after {MINUTES:g} minutes: not every operation was reached; LOTSE_PEERS_MINUTES sets more")
        errors = [line for line in self.text().splitlines() if "msg=panic" in line or re.search(r"status=5\d\d", line)]
        for line in errors[:20]:
            print("  log: " + line[:400])
        if self.server.poll() is not None:
            print("  the server ended:\n" + self.text()[-2000:])
        return tool.returncode == 0 and whole and not errors and self.server.poll() is None

    def watch(self, name, tool, events):
        """Tells how far the tool is until it ends; one that takes too long is asked to say what it has found so far."""
        begun = told = time.monotonic()
        while tool.poll() is None:
            time.sleep(0.5)
            now = time.monotonic()
            if now - told >= TOLD:
                told = now
                print(f"  {name}: {scenarios(events)} operations and phases after {now - begun:.0f} s", flush=True)
            if now - begun >= MINUTES * 60:
                tool.send_signal(signal.SIGINT)
                try:
                    tool.wait(timeout=90)  # a request may be under way
                except subprocess.TimeoutExpired:
                    tool.kill()
                    tool.wait()
                return False
        return True

    def stop(self):
        if self.server.poll() is None:
            self.server.terminate()
            self.server.wait(timeout=60)
        self.log.close()


def heed():
    """What a shell runs in the background does not heed SIGINT, nor what that starts; the tool is asked to stop by it."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def scenarios(events):
    """How many operations the tool has finished, once for each phase."""
    if not events.exists():
        return 0
    with open(events, errors="replace") as lines:
        return sum("ScenarioFinished" in line for line in lines)


def flags(flag, ids):
    return [x for i in ids for x in (flag, i)]


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        good = True
        for title, selection in (("all that stay", flags("--exclude-operation-id", LEAVING)), ("those that leave", flags("--include-operation-id", LEAVING))):
            instance = Instance(folder / title.replace(" ", "-"))
            try:
                good = instance.ask(title, folder, *selection) and good
            finally:
                instance.stop()
        return 0 if good else 1


sys.exit(main())
