-- Which interview a forecast is for: the date may move, and there may be several.
ALTER TABLE forecast ADD COLUMN target INTEGER NOT NULL DEFAULT 0;
