-- Version 2: a planned meeting is found by who is to meet, however many others there are in those days.

-- Derived: pairs of countries or bodies (actor.code) on a line of the ledger, in the order of their letters, with its first
-- day; the country that is to be visited is one of them.
CREATE TABLE plan_dyad (
    a TEXT NOT NULL, b TEXT NOT NULL, day TEXT NOT NULL, plan INTEGER NOT NULL, PRIMARY KEY (a, b, day, plan)
) WITHOUT ROWID;
CREATE INDEX plan_dyad_by_plan ON plan_dyad (plan);
WITH named (plan, day, code) AS (
    SELECT plan.id, plan.first, coalesce(actor.code, actor.country)
    FROM plan JOIN plan_party ON plan_party.plan = plan.id JOIN actor ON actor.id = plan_party.actor
    UNION SELECT plan.id, plan.first, place.country
    FROM plan JOIN expectation ON expectation.plan = plan.id AND expectation.is_live
        JOIN place ON place.id = expectation.place
    WHERE expectation.what IN ('visit', 'meeting', 'summit', 'talks', 'call', 'conference', 'trip', 'session')
)
INSERT INTO plan_dyad (a, b, day, plan)
    SELECT one.code, other.code, one.day, one.plan
    FROM named AS one JOIN named AS other ON other.plan = one.plan AND other.code > one.code
    WHERE one.day IS NOT NULL;
