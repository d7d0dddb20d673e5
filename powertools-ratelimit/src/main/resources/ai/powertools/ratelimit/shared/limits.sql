-- The line before each key's limits, and their levels: what Line.java keeps, in PostgreSQL.
-- Times are microseconds of this server, read when the key's row is locked, so that they go on
-- from one decision to the next.

CREATE TABLE IF NOT EXISTS powertools_limit (
  key text PRIMARY KEY,
  seen bigint NOT NULL,
  line bigint NOT NULL DEFAULT 0,
  closed bigint NOT NULL DEFAULT 0,
  stamp bigint NOT NULL DEFAULT 0,
  slowest text NOT NULL DEFAULT '',
  -- A level is {units, rest, period, at, stamp, level, stamp, level ...} of a bucket, and of a
  -- sliding window {used, the highest stamp that has left, stamp, time, count, stamp, time,
  -- count ...}, oldest first.
  ids text[] NOT NULL DEFAULT '{}',
  levels text[] NOT NULL DEFAULT '{}',
  -- From then on it says no more than its absence would.
  idle bigint NOT NULL DEFAULT 0
) WITH (fillfactor = 40);

CREATE TABLE IF NOT EXISTS powertools_limit_place (
  key text NOT NULL,
  lease text NOT NULL,
  lapses bigint NOT NULL,
  PRIMARY KEY (key, lease)
) WITH (fillfactor = 40);

CREATE OR REPLACE FUNCTION powertools_limit_now(p_now bigint) RETURNS bigint
LANGUAGE sql VOLATILE AS $$
  SELECT coalesce(p_now, (extract(epoch FROM clock_timestamp()) * 1000000)::bigint)
$$;

-- How long so many units take to come in. A limit is {is a window, inflow, period, window, most,
-- slot}.
CREATE OR REPLACE FUNCTION powertools_limit_micros(l bigint[], p_units bigint, p_rest bigint)
RETURNS bigint LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
  RETURN least(4503599627370496,
    div((p_units - 1)::numeric * l[3] + (l[3] - p_rest + l[2] - 1), l[2]::numeric))::bigint;
END
$$;

CREATE OR REPLACE FUNCTION powertools_limit_refill(l bigint[], v bigint[], p_to bigint)
RETURNS bigint[] LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
  passed bigint;
  missing bigint;
  came numeric;
BEGIN
  IF l[1] = 1 THEN
    WHILE cardinality(v) > 2 AND v[4] + l[4] <= p_to LOOP
      v := ARRAY[v[1] - v[5], v[3]] || v[6:];
    END LOOP;
    RETURN v;
  END IF;
  IF v[3] <> l[3] THEN
    v[2] := 0;
    v[3] := l[3];
  END IF;
  IF v[1] > l[5] THEN
    v[1] := l[5];
    v[2] := 0;
  END IF;
  passed := p_to - v[4];
  IF passed <= 0 THEN
    RETURN v;
  END IF;
  missing := l[5] - v[1];
  IF missing = 0 OR passed >= powertools_limit_micros(l, missing, v[2]) THEN
    v[1] := l[5];
    v[2] := 0;
  ELSE
    came := l[2]::numeric * passed + v[2];
    v[1] := v[1] + div(came, l[3]::numeric)::bigint;
    v[2] := mod(came, l[3]::numeric)::bigint;
  END IF;
  v[4] := p_to;
  RETURN v;
END
$$;

CREATE OR REPLACE FUNCTION powertools_limit_until(
  l bigint[], v bigint[], p_wanted bigint, p_from bigint)
RETURNS bigint LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
  missing bigint;
  wait bigint := 0;
  i int := 3;
BEGIN
  IF l[1] = 1 THEN
    missing := p_wanted - (l[5] - v[1]);
    WHILE missing > 0 AND i < cardinality(v) LOOP
      missing := missing - v[i + 2];
      wait := v[i + 1] + l[4] - p_from;
      i := i + 3;
    END LOOP;
    RETURN wait;
  END IF;
  missing := least(p_wanted, l[5]) - v[1];
  IF missing <= 0 THEN
    RETURN 0;
  END IF;
  RETURN powertools_limit_micros(l, missing, v[2]);
END
$$;

CREATE OR REPLACE FUNCTION powertools_limit_took(
  l bigint[], v bigint[], p_count bigint, p_stamp bigint, p_at bigint)
RETURNS bigint[] LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
  n int := cardinality(v);
  ceiling bigint;
BEGIN
  IF l[1] = 1 THEN
    IF n > 2 AND floor(v[n - 1]::numeric / l[6]) = floor(p_at::numeric / l[6]) THEN
      v[n - 2] := p_stamp;
      v[n - 1] := p_at;
      v[n] := v[n] + p_count;
    ELSE
      v := v || ARRAY[p_stamp, p_at, p_count];
    END IF;
    v[1] := v[1] + p_count;
    RETURN v;
  END IF;
  ceiling := v[1] + CASE WHEN v[2] = 0 THEN 0 ELSE 1 END;
  WHILE n > 4 AND v[n] <= ceiling LOOP
    n := n - 2;
  END LOOP;
  v := v[:n] || ARRAY[p_stamp, ceiling];
  IF cardinality(v) > 4 + 2 * 8 THEN
    -- The two oldest become one: the higher level, the later stamp.
    v := v[:4] || ARRAY[v[7], v[6]] || v[9:];
  END IF;
  v[1] := v[1] - p_count;
  RETURN v;
END
$$;

CREATE OR REPLACE FUNCTION powertools_limit_gave(
  l bigint[], v bigint[], p_count bigint, p_stamp bigint)
RETURNS bigint[] LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
  n int := cardinality(v);
  i int := 3;
  f int := 5;
  given bigint;
  highest bigint;
BEGIN
  IF l[1] = 1 THEN
    WHILE i < n LOOP
      IF p_stamp > v[2] AND v[i] >= p_stamp THEN
        given := least(p_count, v[i + 2]);
        v[i + 2] := v[i + 2] - given;
        v[1] := v[1] - given;
        RETURN v;
      END IF;
      i := i + 3;
    END LOOP;
    RETURN v;
  END IF;
  WHILE f < n AND v[f] <= p_stamp LOOP
    f := f + 2;
  END LOOP;
  highest := v[1] + CASE WHEN v[2] = 0 THEN 0 ELSE 1 END;
  IF f < n THEN
    highest := greatest(highest, v[f + 1]);
  END IF;
  given := least(p_count, l[5] - highest);
  IF given <= 0 THEN
    RETURN v;
  END IF;
  v[1] := v[1] + given;
  i := f;
  WHILE i < n LOOP
    v[i + 1] := v[i + 1] + given;
    i := i + 2;
  END LOOP;
  WHILE f < cardinality(v) AND f > 5 AND v[f - 1] <= v[f + 1] LOOP
    v := v[:f - 3] || v[f:];
    f := f - 2;
  END LOOP;
  RETURN v;
END
$$;

-- Locks the key's row, and makes it where there is none; sets all times back where the clock was.
CREATE OR REPLACE FUNCTION powertools_limit_locked(p_key text, p_now bigint)
RETURNS powertools_limit LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  s powertools_limit;
  now bigint;
  back bigint;
  v bigint[];
BEGIN
  LOOP
    SELECT * INTO s FROM powertools_limit WHERE key = p_key FOR UPDATE;
    EXIT WHEN FOUND;
    INSERT INTO powertools_limit (key, seen) VALUES (p_key, 0)
      ON CONFLICT DO NOTHING;
  END LOOP;
  now := powertools_limit_now(p_now);
  back := s.seen - now;
  IF back > 0 THEN
    FOR i IN 1 .. cardinality(s.ids) LOOP
      v := s.levels[i]::bigint[];
      IF s.ids[i] LIKE '%w' THEN
        FOR j IN 1 .. (cardinality(v) - 2) / 3 LOOP
          v[3 * j + 1] := v[3 * j + 1] - back;
        END LOOP;
      ELSE
        v[4] := v[4] - back;
      END IF;
      s.levels[i] := v::text;
    END LOOP;
    s.line := s.line - back;
    s.closed := s.closed - back;
    s.seen := now;
    UPDATE powertools_limit_place SET lapses = lapses - back WHERE key = p_key;
    UPDATE powertools_limit SET seen = s.seen, line = s.line, closed = s.closed, levels = s.levels
      WHERE key = p_key;
  END IF;
  RETURN s;
END
$$;

-- One decision. Gives: 1 granted, 0 refused, 2 busy; the wait; the number of the slowest limit, -1
-- for none; how long it is closed; the stamp; what was taken of each dimension.
CREATE OR REPLACE FUNCTION powertools_limit_take(
  p_key text, p_now bigint, p_ahead bigint, p_concurrency bigint, p_lease text, p_ttl bigint,
  p_least bigint[], p_most bigint[], p_ids text[], p_dimensions bigint[], p_limits bigint[])
RETURNS bigint[] LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  s powertools_limit := powertools_limit_locked(p_key, p_now);
  now bigint := powertools_limit_now(p_now);
  counts bigint[] := p_least;
  spare bigint[] := '{}';
  l bigint[];
  v bigint[];
  at int[] := '{}';
  d int;
  starts bigint;
  used bigint;
  closed_for bigint;
  micros bigint;
  wait bigint := 0;
  slow int := 0;
BEGIN
  IF p_lease IS NOT NULL AND p_concurrency IS NOT NULL THEN
    IF NOT EXISTS (SELECT FROM powertools_limit_place
          WHERE key = p_key AND lease = p_lease AND lapses > now)
        AND (SELECT count(*) FROM powertools_limit_place WHERE key = p_key AND lapses > now)
          >= p_concurrency THEN
      RETURN ARRAY[2, 0, -1, 0, 0];
    END IF;
  END IF;
  starts := greatest(now, s.line, s.closed);
  closed_for := greatest(0, s.closed - now);
  FOR i IN 1 .. cardinality(p_ids) LOOP
    at[i] := coalesce(array_position(s.ids, p_ids[i]), 0);
    d := p_dimensions[i];
    IF at[i] = 0 AND greatest(counts[d], p_most[d]) > 0 THEN
      at[i] := cardinality(s.ids) + 1;
      s.ids := s.ids || p_ids[i];
      s.levels := s.levels || CASE WHEN p_limits[6 * i - 5] = 1
        THEN ARRAY[0, greatest(s.stamp, now - 1)]::text
        ELSE ARRAY[p_limits[6 * i - 1], 0, p_limits[6 * i - 3], now]::text END;
    END IF;
    IF slow = 0 AND starts = s.line AND s.slowest = p_ids[i] THEN
      slow := i;
    END IF;
  END LOOP;
  FOR i IN 1 .. cardinality(p_ids) LOOP
    d := p_dimensions[i];
    IF counts[d] > 0 THEN
      l := p_limits[6 * i - 5 : 6 * i];
      v := powertools_limit_refill(l, s.levels[at[i]]::bigint[], starts);
      micros := powertools_limit_until(l, v, counts[d], starts);
      IF micros > wait THEN
        wait := micros;
        slow := i;
      END IF;
    END IF;
  END LOOP;
  used := starts + wait;
  IF used - now > p_ahead THEN
    RETURN ARRAY[0, used - now, slow - 1, closed_for, 0];
  END IF;
  s.stamp := greatest(s.stamp + 1, used);
  IF used = now THEN
    slow := 0;
    FOR i IN 1 .. cardinality(counts) LOOP
      spare[i] := greatest(0, p_most[i] - counts[i]);
    END LOOP;
    FOR i IN 1 .. cardinality(p_ids) LOOP
      d := p_dimensions[i];
      IF spare[d] > 0 THEN
        l := p_limits[6 * i - 5 : 6 * i];
        v := powertools_limit_refill(l, s.levels[at[i]]::bigint[], now);
        s.levels[at[i]] := v::text;
        spare[d] := greatest(0, least(
          spare[d], CASE WHEN l[1] = 1 THEN l[5] - v[1] ELSE v[1] END - counts[d]));
      END IF;
    END LOOP;
    FOR i IN 1 .. cardinality(counts) LOOP
      counts[i] := counts[i] + spare[i];
    END LOOP;
  END IF;
  FOR i IN 1 .. cardinality(p_ids) LOOP
    d := p_dimensions[i];
    IF counts[d] > 0 THEN
      l := p_limits[6 * i - 5 : 6 * i];
      v := powertools_limit_refill(l, s.levels[at[i]]::bigint[], used);
      v := powertools_limit_took(l, v, counts[d], s.stamp, used);
      s.levels[at[i]] := v::text;
      s.idle := greatest(s.idle, used + CASE WHEN l[1] = 1 THEN l[4]
        ELSE powertools_limit_until(l, v, l[5], used) END);
    END IF;
  END LOOP;
  UPDATE powertools_limit SET seen = now, line = used, stamp = s.stamp, ids = s.ids,
      levels = s.levels, idle = greatest(s.idle, used),
      slowest = CASE WHEN slow > 0 THEN p_ids[slow] ELSE '' END
    WHERE key = p_key;
  IF p_lease IS NOT NULL THEN
    DELETE FROM powertools_limit_place WHERE key = p_key AND lapses <= now AND lease <> p_lease;
    INSERT INTO powertools_limit_place VALUES (p_key, p_lease, used + p_ttl)
      ON CONFLICT (key, lease) DO UPDATE SET lapses = excluded.lapses;
  END IF;
  RETURN ARRAY[1, used - now, slow - 1, closed_for, s.stamp] || counts;
END
$$;

CREATE OR REPLACE FUNCTION powertools_limit_give_back(
  p_key text, p_now bigint, p_stamp bigint, p_counts bigint[], p_ids text[],
  p_dimensions bigint[], p_limits bigint[])
RETURNS void LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  s powertools_limit := powertools_limit_locked(p_key, p_now);
  now bigint := powertools_limit_now(p_now);
  starts bigint := greatest(now, s.line, s.closed);
  l bigint[];
  at int;
  changed boolean := false;
BEGIN
  FOR i IN 1 .. cardinality(p_ids) LOOP
    at := array_position(s.ids, p_ids[i]);
    IF at IS NOT NULL AND p_counts[p_dimensions[i]] > 0 THEN
      l := p_limits[6 * i - 5 : 6 * i];
      s.levels[at] := powertools_limit_gave(
        l, powertools_limit_refill(l, s.levels[at]::bigint[], starts),
        p_counts[p_dimensions[i]], p_stamp)::text;
      changed := true;
    END IF;
  END LOOP;
  IF changed THEN
    UPDATE powertools_limit SET seen = now, levels = s.levels WHERE key = p_key;
  END IF;
END
$$;

CREATE OR REPLACE FUNCTION powertools_limit_back_off(p_key text, p_now bigint, p_pause bigint)
RETURNS void LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  s powertools_limit := powertools_limit_locked(p_key, p_now);
  now bigint := powertools_limit_now(p_now);
BEGIN
  UPDATE powertools_limit SET closed = greatest(closed, now + p_pause), seen = now,
      idle = greatest(idle, now + p_pause)
    WHERE key = p_key;
END
$$;

CREATE OR REPLACE FUNCTION powertools_limit_renew(
  p_key text, p_now bigint, p_ttl bigint, p_leases text[])
RETURNS void LANGUAGE sql VOLATILE AS $$
  INSERT INTO powertools_limit_place
    SELECT p_key, lease, powertools_limit_now(p_now) + p_ttl FROM unnest(p_leases) lease
    ORDER BY lease
    ON CONFLICT (key, lease) DO UPDATE SET lapses = excluded.lapses
$$;

-- Forgets what has been idle, and places that lapsed, except what somebody is at.
CREATE OR REPLACE FUNCTION powertools_limit_sweep(p_now bigint) RETURNS void
LANGUAGE sql VOLATILE AS $$
  DELETE FROM powertools_limit_place WHERE (key, lease) IN (
    SELECT key, lease FROM powertools_limit_place WHERE lapses <= powertools_limit_now(p_now)
    FOR UPDATE SKIP LOCKED);
  DELETE FROM powertools_limit WHERE key IN (
    SELECT key FROM powertools_limit WHERE idle < powertools_limit_now(p_now) - 1000000
    FOR UPDATE SKIP LOCKED)
$$;
